/** Tools for agents over MCP, without a word of the protocol: hosts speak that through its SDK. */

export { type Challenge, callTool, INSTRUCTIONS, type ToolResult, toolsOf } from './callTool.ts';
export type { Arguments, Tool } from './tool.ts';
