/** Everything that can go wrong while deploying, as data. `explain` turns each into what a person reads. */

/** What `az`, or Azure behind it, said no with. */
export type AzFailure =
  /** `instead`: what to do without it, as a sentence. */
  | { readonly kind: 'az_missing'; readonly instead?: string }
  | { readonly kind: 'az_too_old'; readonly detail: string }
  | { readonly kind: 'not_logged_in'; readonly detail: string }
  | { readonly kind: 'no_permission'; readonly doing: string; readonly detail: string }
  | { readonly kind: 'quota'; readonly doing: string; readonly detail: string }
  | { readonly kind: 'name_in_use'; readonly doing: string; readonly detail: string }
  | { readonly kind: 'not_registered'; readonly doing: string; readonly namespace: string }
  | { readonly kind: 'busy'; readonly doing: string }
  | { readonly kind: 'not_found'; readonly doing: string; readonly detail: string }
  | { readonly kind: 'unreachable'; readonly doing: string; readonly detail: string }
  | { readonly kind: 'timed_out'; readonly doing: string; readonly seconds: number }
  | { readonly kind: 'unexpected_output'; readonly doing: string; readonly detail: string }
  | { readonly kind: 'unsafe_argument'; readonly argument: string }
  | { readonly kind: 'interrupted'; readonly doing: string }
  | { readonly kind: 'az_failed'; readonly doing: string; readonly detail: string };

/** What the deployment itself refuses or waits for in vain. */
export type Failure =
  | AzFailure
  | { readonly kind: 'usage'; readonly problem: string }
  | { readonly kind: 'no_principal' }
  | { readonly kind: 'roles_missing'; readonly principalId: string; readonly scope: string }
  | {
      readonly kind: 'runtime_unavailable';
      readonly asked: string;
      readonly listed: readonly string[];
      readonly location: string;
    }
  | { readonly kind: 'bad_name'; readonly name: string; readonly rule: string }
  | { readonly kind: 'names_taken'; readonly names: readonly string[] }
  | { readonly kind: 'other_plan'; readonly app: string; readonly found: string; readonly wanted: string }
  | { readonly kind: 'no_app'; readonly app: string; readonly group: string }
  | { readonly kind: 'secrets_missing'; readonly variables: readonly string[] }
  | { readonly kind: 'secrets_in_vault'; readonly variables: readonly string[] }
  | { readonly kind: 'bad_secret'; readonly variable: string; readonly rule: string }
  | { readonly kind: 'role_left'; readonly assignmentId: string; readonly detail: string }
  | { readonly kind: 'bad_file'; readonly path: string; readonly detail: string }
  | { readonly kind: 'package_failed'; readonly detail: string }
  | { readonly kind: 'not_ready'; readonly url: string; readonly last: string; readonly minutes: number }
  | { readonly kind: 'broker_not_ready'; readonly last: string; readonly minutes: number }
  | { readonly kind: 'not_answering'; readonly url: string; readonly detail: string }
  | { readonly kind: 'smoke_failed'; readonly failed: readonly string[] }
  | { readonly kind: 'smoke_incomplete'; readonly skipped: number }
  | { readonly kind: 'others_in_group'; readonly group: string; readonly names: readonly string[] };
