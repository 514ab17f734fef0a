import { defineConfig } from "vite";

/* One file for each entry, without shared chunks: Django gives each a name that follows its content, and what a script
   imports would keep its own. `--mode` names the entry. */
export default defineConfig(({ mode }) => ({
  publicDir: false,
  build: {
    target: "es2022",
    lib: { entry: `src/${mode}.ts`, formats: ["es"], fileName: () => `${mode}.js` },
    outDir: "../src/jingwei/offline/static/offline",
    emptyOutDir: false,
    license: { fileName: `${mode}-licenses.md` },
  },
  define: { "process.env.NODE_ENV": JSON.stringify("production") },
}));
