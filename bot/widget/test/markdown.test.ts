import { describe, expect, test } from "vitest";
import { safeAddress } from "../src/links";
import { markdown, plainText } from "../src/markdown";

function html(text: string): string {
  const holder = document.createElement("div");
  holder.append(markdown(text));
  return holder.innerHTML;
}

describe("markdown", () => {
  test("builds what the coach writes", () => {
    expect(html("**a** _b_\n\n- one\n- two")).toBe("<p><strong>a</strong> <em>b</em></p><ul><li>one</li><li>two</li></ul>");
    expect(html("| a | b |\n|-|-|\n| 1 | 2 |")).toContain('<th scope="col">a</th>');
    expect(html("[x](https://a.example/)")).toContain('<a href="https://a.example/" target="_blank" rel="noopener noreferrer"');
    expect(html("3. c\n4. d")).toContain('<ol start="3">');
    expect(html("AT&amp;T &lt;b&gt; &#8364;")).toBe("<p>AT&amp;T &lt;b&gt; \u20ac</p>");
  });

  test.each([
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "a <svg onload=alert(1)> b",
    "[x](javascript:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](data:text/html,hi)",
    "[x](vbscript:x)",
    "[x](/relative)",
    "![x](https://a.example/x.png)",
    "&lt;img src=x onerror=alert(1)&gt;",
    "<div>\n\n<iframe src=x>",
  ])("leaves %s inert", (text) => {
    const holder = document.createElement("div");
    holder.append(markdown(text));
    expect(holder.querySelector("img, script, svg, iframe, a[href^='java'], a[href^='data'], a[href^='/']")).toBeNull();
    expect([...holder.querySelectorAll("*")].some((element) => [...element.attributes].some(({ name }) => name.startsWith("on")))).toBe(false);
  });

  test("loses no text of what it does not know", () => {
    expect(plainText("a <b>bold</b> ~~c~~ `d`\n\n> e")).toBe("a <b>bold</b> c d\ne");
  });

  test("addresses lead to the web or to mail", () => {
    expect(safeAddress("https://a.example")).toBe("https://a.example/");
    expect(safeAddress("mailto:a@b.example")).toBe("mailto:a@b.example");
    for (const text of ["javascript:1", " javascript:1", "//a.example", "x", "ftp://a"]) expect(safeAddress(text)).toBeNull();
  });
});
