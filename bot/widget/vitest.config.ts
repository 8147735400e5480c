import { defineConfig } from "vitest/config";
import { forTests } from "./plugins.mjs";

export default defineConfig({
  plugins: [forTests],
  test: { environment: "happy-dom", include: ["test/**/*.test.{ts,mjs}"] },
});
