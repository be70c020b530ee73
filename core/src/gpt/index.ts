/** The door for agents, loaded when it is first asked. */

export { type ComposedOperation, composedOperations } from './compose/index.ts';
export { createGptDoor, GPT_PREFIX, type GptDoor } from './gptDoor.ts';
export { projectedOperations } from './projections/index.ts';
