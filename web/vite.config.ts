import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { unBoundaries } from "./build/un-boundaries.ts";

const gateway = process.env.GOOD_OFFICES_GATEWAY ?? "http://127.0.0.1:8080";
const proxied = Object.fromEntries(["/v1", "/oauth2", "/docs"].map((path) => [path, gateway]));

export default defineConfig({
  plugins: [react(), unBoundaries()],
  build: {
    // MapLibre and the boundaries load with the map, after everything else.
    chunkSizeWarningLimit: 1600,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ["index.html", "docs.html"] },
  },
  server: { host: "127.0.0.1", proxy: proxied },
});
