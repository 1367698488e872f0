// Size and colour: by links and class, or by the measures that were computed with the page.
// Okabe and Ito's hues, told apart with any colour vision; communities beyond them are grey.
const COMMUNITY = {
  light: ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#6B5B95"],
  dark: ["#3FA2DE", "#E8772E", "#1FBF92", "#DB92BB", "#E69F00", "#8CCBF2", "#A493D6"],
  rest: { light: "#9AA4AE", dark: "#7D8894" },
};
const SIZES = { links: "links", betweenness: "betweenness", pagerank: "PageRank" };
const largest = Object.fromEntries(["betweenness", "pagerank"].map((name) => [name, Math.max(1e-9, ...data.nodes.map((node) => node.measures[name]))]));

function radius(id) {
  const node = nodes[id];
  if (isGroup(id) || state.size === "links") return node.size;
  return 7 + 23 * Math.sqrt(node.measures[state.size] / largest[state.size]);
}

// Of a group: the community of most of its members.
function communityOf(id) {
  if (!isGroup(id)) return nodes[id].measures.community;
  const count = new Map();
  for (const member of nodes[id].members) count.set(communityOf(member), (count.get(communityOf(member)) || 0) + 1);
  return [...count].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0][0];
}

function communityColour(number, dark) {
  const hues = COMMUNITY[dark ? "dark" : "light"];
  return number > 0 && number <= hues.length && data.communities.some((item) => item.number === number && item.count > 1)
    ? hues[number - 1] : COMMUNITY.rest[dark ? "dark" : "light"];
}

function colourOf(id, dark) {
  if (state.colour === "community") return communityColour(communityOf(id), dark);
  return dark ? classOf[nodes[id].cls].dark : classOf[nodes[id].cls].light;
}

// The measures of a node in words, for the panel.
function measured(id) {
  const own = nodes[id].measures;
  if (!own.links) return "";
  const community = data.communities.find((item) => item.number === own.community && item.count > 1);
  return [`${own.links} linked things`, `betweenness ${own.betweenness.toFixed(3)}`, `PageRank ${own.pagerank.toFixed(3)}`,
    ...(community ? [`community ${community.number}, around ${shown(community.name)}`] : []),
    ...(own.bridges ? [`${own.bridges} ${own.bridges === 1 ? "bridge" : "bridges"}`] : [])].join(" · ");
}
