/** A sentence of `policy.md` that a program can check. */
import type { BicepFile, Project } from './project.ts';

/** Gives one line for each place that breaks the rule. */
export type Rule = (project: Project) => readonly string[];

/** A rule that looks at one file after the other. */
export const eachFile =
  (check: (file: BicepFile, project: Project) => readonly string[]): Rule =>
  (project) =>
    [...project.values()].flatMap((file) => check(file, project).map((fault) => `${file.path}: ${fault}`));
