// What esbuild and vitest are told. Makes `import css from "./x.css"` give the minified text of the stylesheet, to esbuild and to vitest alike.

import { readFile } from "node:fs/promises";
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

// The rules of the "pedantic" dialect, which nobody switches on.
const PEDANTIC = /(?<==)\{\.\.\.[\w$]+,html:[\w$]+\(`\^ \*\(\?:comment.*?"lheading",[\w$]+\)\.getRegex\(\)\}/s;

/** Leaves out marked's parser and renderer: they make HTML, which the widget never does, and are a third of its size. */
export const lexerAlone = {
  name: "lexer-alone",
  setup(build) {
    build.onLoad({ filter: /marked\.esm\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const end = text.search(/var \w+=new \w+;function \w+\(\w+,\w+\)\{return \w+\.parse\(/);
      const name = /([\w$]+) as Lexer\b/.exec(text)?.[1];
      if (end < 0 || !name || !PEDANTIC.test(text)) throw new Error("marked is built in another way: look at lexerAlone in plugins.mjs");
      return { contents: `${text.slice(0, end).replace(PEDANTIC, "{}")}export const lexer = ${name}.lex;`, loader: "js" };
    });
  },
};
