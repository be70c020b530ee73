// Values for `azd up` and for `az deployment sub create --parameters infra/main.bicepparam`. azd puts the variables of
// its environment (`azd env set NAME value`) where `readEnvironmentVariable` finds them; without azd the second
// argument counts. What is not here keeps the default of main.bicep; infra/README.md lists everything.
using 'main.bicep'

// azd asks for these two itself.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', '')
param location = readEnvironmentVariable('AZURE_LOCATION', 'canadacentral')

// AZURE_RESOURCE_GROUP is also an output, so a second run stays where the first one went.
param rgName = readEnvironmentVariable('AZURE_RESOURCE_GROUP', 'jmd-discogs')
param namePrefix = readEnvironmentVariable('DISCOGS_NAME_PREFIX', 'jmd-discogs')

// Set it if Azure says that the app's, the vault's or the storage account's name is taken. scripts/deploy.ps1 finds
// out by itself; azd does not.
param nameSuffix = readEnvironmentVariable('DISCOGS_NAME_SUFFIX', '')

param readOnly = bool(readEnvironmentVariable('DISCOGS_READ_ONLY', 'false'))
param hasClientKeys = bool(readEnvironmentVariable('DISCOGS_HAS_CLIENT_KEYS', 'false'))
param enableBroker = bool(readEnvironmentVariable('DISCOGS_ENABLE_BROKER', 'false'))
param catalogueAccountName = readEnvironmentVariable('DISCOGS_CATALOGUE_ACCOUNT_NAME', '')
param corsAllowedOrigins = json(readEnvironmentVariable('DISCOGS_CORS_ALLOWED_ORIGINS', '[]'))
param alertEmail = readEnvironmentVariable('DISCOGS_ALERT_EMAIL', '')
param nodeVersion = readEnvironmentVariable('DISCOGS_NODE_VERSION', '22')

// A vault that was deleted less than 90 days ago comes back with `recover`; set it to `default` afterwards.
param keyVaultCreateMode = readEnvironmentVariable('DISCOGS_KEY_VAULT_CREATE_MODE', 'default')

// Settings made by hand since the last run are lost unless they stand here.
param extraAppSettings = json(readEnvironmentVariable('DISCOGS_EXTRA_APP_SETTINGS', '{}'))
