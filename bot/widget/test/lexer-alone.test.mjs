// @vitest-environment node
import { build } from "esbuild";
import { lexer } from "marked";
import { expect, test } from "vitest";
import { lexerAlone, namesOfMarked } from "../plugins.mjs";

const TEXTS = [
  "**Bold**, _slanted_, ~~gone~~, `code`, a\\* star, 2*3*4, snake_case_name, AT&amp;T and <b>html</b>",
  "# Title\n\nSome text\nover two lines  \nwith a break.\n\nUnder\n-----\n\n> said\n> twice\n\n---\n\n    indented\n\n```js\nfenced\n```",
  "- one\n- two\n  - inner **bold**\n\n1. first\n2. second\n\n- [x] done\n- [ ] open",
  "| a | b |\n|:--|--:|\n| 1 | `x \\| y` |\n| **2** | [l](https://a.example) |\n\nafter",
  "[a](https://a.example \"t\") ![i](x.png) <https://b.example> www.c.example https://d.example/e_f_g. me@e.example [r][1]\n\n[1]: https://f.example",
  "<div>\n<script>x</script>\n</div>\n\n<!-- note -->\n<img src=x onerror=y>",
];

test("the lexer that is built reads as the whole marked does", async () => {
  const built = await build({
    stdin: { contents: 'export { lexer } from "marked";', resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
    mangleProps: new RegExp(`^(${(await namesOfMarked()).join("|")})$`),
    plugins: [lexerAlone],
  });
  const lean = await import(`data:text/javascript,${encodeURIComponent(built.outputFiles[0].text)}`);

  for (const text of TEXTS) expect(JSON.stringify(lean.lexer(text))).toBe(JSON.stringify(lexer(text)));
});
