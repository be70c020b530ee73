/** All stores over Azure Tables, in one file of the package together with the SDK. */
export { createAnswerTable } from './answerTable.ts';
export { createBrokerTables } from './brokerTables.ts';
export { createOAuthTables } from './oauthTables.ts';
export { createWindowTable } from './windowTable.ts';
