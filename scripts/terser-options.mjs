/** Options of terser, for what webmasters copy and for what scripts/size.mjs and the benchmark measure. */
export const TERSER_OPTIONS = { ecma: 2022, module: true, compress: { passes: 3 } };
