import { existsSync } from "node:fs";
import { defineConfig } from "vite";

const script = new URL("./src/portal/portal.ts", import.meta.url).pathname;
const style = new URL("./src/portal/portal.css", import.meta.url).pathname;

/** What the server-rendered partner pages load: `portal.css` and `portal.js`, names fixed. */
export default defineConfig({
  base: "/static/portal/",
  publicDir: false,
  build: {
    outDir: "dist/portal",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    rollupOptions: {
      input: existsSync(script) ? { portal: script, style } : { style },
      output: {
        entryFileNames: "[name].js",
        assetFileNames: ({ names }) =>
          names.some((name) => name.endsWith(".css")) ? "portal.css" : "[name][extname]",
      },
    },
  },
});
