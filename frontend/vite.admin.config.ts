import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const backend = process.env.FELLESGREP_BACKEND ?? "http://127.0.0.1:8000";

/** The admin: a single-page application served at `/`. */
export default defineConfig({
  root: "src/admin",
  base: "/",
  publicDir: false,
  plugins: [react()],
  build: {
    outDir: "../../dist/admin",
    emptyOutDir: true,
    chunkSizeWarningLimit: 1200,
  },
  server: {
    port: 5173,
    proxy: Object.fromEntries(["/api", "/auth", "/p/"].map((path) => [path, backend])),
  },
  test: {
    environment: "jsdom",
    include: ["**/*.test.{ts,tsx}"],
    setupFiles: ["./app/testing/setup.ts"],
    restoreMocks: true,
    testTimeout: 20_000,
  },
});
