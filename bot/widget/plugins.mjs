// What esbuild and vitest are told. Makes `import css from "./x.css"` give the minified text of the stylesheet, to esbuild and to vitest alike.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";

export async function stylesheet(path) {
  const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true });
  return code.trim();
}

export const forBuild = {
  name: "stylesheets",
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => ({ contents: await stylesheet(path), loader: "text" }));
  },
};

export const forTests = {
  name: "stylesheets",
  enforce: "pre",
  async load(id) {
    return /\.css\?text$/.test(id) ? `export default ${JSON.stringify(await stylesheet(id.replace("?text", "")))}` : null;
  },
  resolveId(source, importer) {
    return source.endsWith(".css") && importer ? new URL(source, `file://${importer}`).pathname + "?text" : null;
  },
};

// Options of marked that nobody switches on here, as what they are; esbuild then leaves out what they would do.
const FIXED = { pedantic: "!1", gfm: "!0", breaks: "!1", silent: "!1", extensions: "(null)", hooks: "(null)" };
const OPTION = /(?<![\w.])this\.(?:tokenizer\.|lexer\.)?options\??\.(pedantic|gfm|breaks|silent|extensions|hooks)\b/g;
// The tables of rules: the dialects "pedantic" and "breaks" go, and so do their rules, as nobody names them then.
const DIALECTS = /,pedantic:[\w$]+\},([\w$]+=\{normal:[\w$]+,gfm:[\w$]+),breaks:[\w$]+,pedantic:[\w$]+\}/;
const THEIRS = /(?<=[\w$]+=\{)\.\.\.[\w$]+,(?=html:|br:|emStrongLDelim:)/g;
// What makes a rule of others, which has no other effect.
const MAKER = /function ([\w$]+)\([\w$]+,[\w$]+=""\)\{let.{0,300}getRegex:/;

/** Leaves out marked's parser and renderer, which make HTML, and its other dialects: half of its size. */
export const lexerAlone = {
  name: "lexer-alone",
  setup(build) {
    build.onLoad({ filter: /marked\.esm\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const end = text.search(/var \w+=new \w+;function \w+\(\w+,\w+\)\{return \w+\.parse\(/);
      const name = /([\w$]+) as Lexer\b/.exec(text)?.[1];
      const maker = MAKER.exec(text)?.[1];
      if (end < 0 || !name || !maker || !DIALECTS.test(text) || !OPTION.test(text)) throw new Error("marked is built in another way: look at lexerAlone in plugins.mjs");
      const lean = text.slice(0, end).replace(DIALECTS, "},$1}").replace(THEIRS, "").replace(OPTION, (_, option) => FIXED[option]).replaceAll(new RegExp(`(?<=[=,:(])${maker}\\(`, "g"), "/* @__PURE__ */$&");
      return { contents: `${lean}export const lexer = ${name}.lex;`, loader: "js" };
    });
  },
};

/** Returns the names that marked has for itself: of its small rules, and some more that no token has. */
export async function namesOfMarked() {
  const text = await readFile(fileURLToPath(import.meta.resolve("marked")), "utf8");
  const rules = [...text.matchAll(/\brules\.other\.(\w+)|\b(emStrong\w+|inlineQueue|lastToken|linkEmitted|lastPossible\w+)\b/g)];
  return [...new Set(rules.flatMap(([, ...names]) => names.filter(Boolean)))];
}
