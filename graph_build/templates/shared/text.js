// What every page of ours needs of text: for the screen, for searching, for links, for spreadsheets.

// Text for the screen: characters that steer the direction or layout of text are shown by their numbers.
function shown(text) {
  return String(text).replace(/[\t\n\r\u2028\u2029]+/g, " ").replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g,
    (sign) => `⟨U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`);
}

function folded(text) {
  return text.normalize("NFKD").toLowerCase().replace(/[\p{M}\p{P}\s]+/gu, "");
}

// Only a web address becomes a link outwards; anything else stays text.
function webAddress(text) {
  try {
    const url = new URL(text);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}

// A cell that a spreadsheet would take for a formula gets an apostrophe in front; numbers of ours are none.
function cell(value) {
  if (typeof value === "number") return String(value);
  const plain = String(value ?? "");
  const safe = /^[\s\u0000]*[=+\-@\uff0b\uff0d\uff1d\uff20]|^[\t\r\n]/.test(plain) ? "'" + plain : plain;
  return '"' + safe.replaceAll('"', '""') + '"';
}

const csv = (rows) => rows.map((row) => row.map(cell).join(",") + "\r\n").join("");
