/** The one place that turns a failure into words: what happened, and what to do about it. */
import type { Failure } from './failure.ts';

/** Two sentences or so for a person. */
export interface Explanation {
  readonly what: string;
  readonly next: string;
}

const AGAIN = 'then run the same command again; what is already done is found and kept.';

/** Every failure has words; the compiler sees to it. */
export function explain(failure: Failure): Explanation {
  switch (failure.kind) {
    case 'az_missing':
      return {
        what: 'The Azure CLI (az) was not found.',
        next: `Install it (https://learn.microsoft.com/cli/azure/install-azure-cli), open a new terminal and run the same command again.${failure.instead === undefined ? '' : ` ${failure.instead}`}`,
      };
    case 'az_too_old':
      return {
        what: `This Azure CLI does not know a command that is needed: ${failure.detail}`,
        next: `Run "az upgrade", ${AGAIN}`,
      };
    case 'not_logged_in':
      return {
        what: `The Azure CLI is not logged in, or not to this subscription: ${failure.detail}`,
        next: `Run "az login" ("az account list" shows what you can reach), ${AGAIN}`,
      };
    case 'no_permission':
      return {
        what: `Azure does not allow ${failure.doing}: ${failure.detail}`,
        next: `Ask an owner of the subscription for the permission that the message names, ${AGAIN}`,
      };
    case 'quota':
      return {
        what: `The subscription's quota is too small for ${failure.doing}: ${failure.detail}`,
        next: `Choose another region with --location, or ask for more quota in the portal (Subscriptions, Usage + quotas), ${AGAIN}`,
      };
    case 'name_in_use':
      return {
        what: `A name is in use, met while ${failure.doing}: ${failure.detail}`,
        next: 'Choose another --name-prefix, or a --name-suffix such as -b2, and run again.',
      };
    case 'not_registered':
      return {
        what: `The subscription is not registered for ${failure.namespace}, which ${failure.doing} needs.`,
        next: `Run "az provider register --namespace ${failure.namespace} --wait", ${AGAIN}`,
      };
    case 'busy':
      return {
        what: `Another deployment of the same name is still running, met while ${failure.doing}.`,
        next: `Wait until it has ended (portal: Subscription, Deployments), ${AGAIN}`,
      };
    case 'not_found':
      return {
        what: `Azure did not find what ${failure.doing} needs: ${failure.detail}`,
        next: 'Check --subscription-id, --resource-group and --name-prefix, and run again.',
      };
    case 'unreachable':
      return {
        what: `Azure could not be reached while ${failure.doing}: ${failure.detail}`,
        next: `Check the network and any proxy, ${AGAIN}`,
      };
    case 'timed_out':
      return {
        what: `No end after ${failure.seconds} s of ${failure.doing}.`,
        next: `Azure may still be at it: look at the portal, wait some minutes, ${AGAIN}`,
      };
    case 'unexpected_output':
      return {
        what: `az answered ${failure.doing} in a shape this program does not know: ${failure.detail}`,
        next: `Run "az upgrade", ${AGAIN} If it stays, report it with the output of "az version".`,
      };
    case 'unsafe_argument':
      return {
        what: `On Windows this text cannot be passed to az safely: ${failure.argument}`,
        next: 'Avoid " and % and line breaks in names and in the path of this repository, and run again.',
      };
    case 'interrupted':
      return { what: `Stopped while ${failure.doing}.`, next: 'Run the same command again to go on.' };
    case 'az_failed':
      return {
        what: `az failed while ${failure.doing}: ${failure.detail}`,
        next: `Correct what the message says, ${AGAIN}`,
      };
    case 'usage':
      return { what: failure.problem, next: 'Run with --help to see every option.' };
    case 'no_principal':
      return {
        what: 'The object id of the signed-in account could not be read from its access token.',
        next: 'Give it with --principal-id ("az ad signed-in-user show --query id" shows a user\'s), and run again.',
      };
    case 'roles_missing':
      return {
        what: `The signed-in account (${failure.principalId}) has no role that may create resources and assign roles in ${failure.scope}.`,
        next: `An owner can grant it: az role assignment create --role Owner --assignee-object-id ${failure.principalId} --scope ${failure.scope} (or Contributor together with "Role Based Access Control Administrator"). ${AGAIN[0]?.toUpperCase()}${AGAIN.slice(1)}`,
      };
    case 'runtime_unavailable':
      return {
        what: `Node ${failure.asked} is not offered in ${failure.location}; offered: ${failure.listed.join(', ') || 'none'}.`,
        next: 'Choose another --location or --node-version, and run again.',
      };
    case 'bad_name':
      return {
        what: `${failure.name} is not a possible name: ${failure.rule}.`,
        next: 'Choose another --name-prefix or --name-suffix, and run again.',
      };
    case 'names_taken':
      return {
        what: `Somebody else has these names: ${failure.names.join(', ')}.`,
        next: 'Choose another --name-prefix, or a --name-suffix such as -b2, and run again.',
      };
    case 'other_plan':
      return {
        what: `The app ${failure.app} runs on plan ${failure.found}, and ${failure.wanted} was asked for. Azure cannot move an app between the two.`,
        next: 'Keep the old plan with --no-use-flex-consumption (classic Y1) or --use-flex-consumption (FC1); or deploy beside it with another --resource-group and --name-prefix, and remove the old group later. docs/deploy-other-ways.md, "Take over", has both ways.',
      };
    case 'no_app':
      return {
        what: `There is no Function App ${failure.app} in resource group ${failure.group}.`,
        next: 'Check --resource-group, --name-prefix and --name-suffix; the first deployment must not have --code-only.',
      };
    case 'secrets_missing':
      return {
        what: `Not given, and not in Azure yet: ${failure.variables.join(', ')}.`,
        next: 'Put them into the environment (bash: read -rs DISCOGS_TOKEN && export DISCOGS_TOKEN), or use the PowerShell script, which asks. A token, and a consumer key and secret for the broker: https://www.discogs.com/settings/developers; the client key is a long random text of your own.',
      };
    case 'secrets_in_vault':
      return {
        what: `The app has these from the vault, and app settings are to hold them from now on: ${failure.variables.join(', ')}. New ones would lock out apps and stored sessions.`,
        next: 'Read them with "az keyvault secret show", put them into the environment, and run again.',
      };
    case 'bad_secret':
      return {
        what: `${failure.variable} cannot be used: ${failure.rule}.`,
        next: 'Correct it in the environment and run again.',
      };
    case 'role_left':
      return {
        what: `The temporary role could not be removed: ${failure.detail}`,
        next: `Run the same command again, or remove it yourself: az role assignment delete --ids ${failure.assignmentId}`,
      };
    case 'bad_file':
      return {
        what: `${failure.path}: ${failure.detail}`,
        next: 'Check the path and the file, and run again.',
      };
    case 'package_failed':
      return {
        what: `The app could not be packaged: ${failure.detail}`,
        next: 'Run "npm run package" to see why; then run the same command again.',
      };
    case 'not_ready':
      return {
        what: `${failure.url} did not answer as expected within ${failure.minutes} minutes; last: ${failure.last}.`,
        next: 'Look at the app\'s "Log stream" and "Diagnose and solve problems" in the portal, then run again (--code-only is enough).',
      };
    case 'broker_not_ready':
      return {
        what: `The broker was not ready within ${failure.minutes} minutes; last: ${failure.last}.`,
        next: `docs/broker-azure.md, "When something is wrong", has the reasons; ${AGAIN} The app is restarted then, which resolves its references.`,
      };
    case 'not_answering':
      return {
        what: `Nothing answers at ${failure.url}: ${failure.detail}.`,
        next: 'Check the address, and that the gateway runs ("npm start" runs one on this machine).',
      };
    case 'smoke_incomplete':
      return {
        what: `Without a client key ${failure.skipped} checks were skipped, so this says little about the gateway.`,
        next: 'Put the key into the environment as X_API_KEY, and run again.',
      };
    case 'smoke_failed':
      return {
        what: `These checks failed: ${failure.failed.join('; ')}.`,
        next: 'docs/errors.md explains each error code. Run the smoke test alone with: npm run smoketest -- --base-url <address>',
      };
    case 'others_in_group':
      return {
        what: `Resource group ${failure.group} holds more than this deployment: ${failure.names.join(', ')}. Nothing was deleted.`,
        next: 'Delete by hand what is not needed, or repeat with --including-others to delete the group with everything in it.',
      };
    default:
      return failure satisfies never;
  }
}
