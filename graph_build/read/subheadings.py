"""The topical subheadings of MeSH, by which a heading is known in a list of keywords."""

from __future__ import annotations

from typing import Final

_NAMES: Final = """
abnormalities; administration & dosage; adverse effects; agonists; analogs & derivatives; analysis; anatomy &
histology; antagonists & inhibitors; biosynthesis; blood; blood supply; cerebrospinal fluid; chemical synthesis;
chemically induced; chemistry; classification; complications; congenital; cytology; deficiency; diagnosis;
diagnostic imaging; diet therapy; drug effects; drug therapy; economics; education; embryology; enzymology;
epidemiology; ethics; ethnology; etiology; genetics; growth & development; history; immunology; injuries;
innervation; instrumentation; isolation & purification; legislation & jurisprudence; metabolism; methods;
microbiology; mortality; nursing; organization & administration; parasitology; pathogenicity; pathology;
pharmacokinetics; pharmacology; physiology; physiopathology; poisoning; prevention & control; psychology;
radiation effects; radiotherapy; rehabilitation; secondary; standards; statistics & numerical data; supply &
distribution; surgery; therapeutic use; therapy; toxicity; transmission; transplantation; trends;
ultrastructure; urine; veterinary; virology
"""

#: Every subheading, as records print it.
SUBHEADINGS: Final = frozenset(" ".join(name.split()) for name in _NAMES.split(";"))
