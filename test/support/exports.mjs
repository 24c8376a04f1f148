// Exports of the built declarations, as the TypeScript compiler reads them.
import path from 'node:path';
import ts from 'typescript';
import { root } from '../../scripts/run.mjs';

const modules = ['dist/index.d.ts', 'dist/feed.d.ts'].map((file) => path.join(root, file));
const program = ts.createProgram(modules, { moduleResolution: ts.ModuleResolutionKind.Bundler, types: [] });
const checker = program.getTypeChecker();
const symbols = modules.flatMap((file) =>
  checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(file))),
);

export const exportedNames = [...new Set(symbols.map(({ name }) => name))];

const errorCode = checker.getAliasedSymbol(symbols.find(({ name }) => name === 'FeedErrorCode'));

/** The members of the union `FeedErrorCode`. */
export const errorCodes = checker.getDeclaredTypeOfSymbol(errorCode).types.map(({ value }) => value);
