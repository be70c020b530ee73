#Requires -Version 7.1
<#
.SYNOPSIS
Deploys DiscogsAgent into your Azure subscription: resources, secrets, code, smoke test, OpenAPI document.
.DESCRIPTION
Needs Node.js (22.18 or newer; on Linux and Windows 20 will do), and the Azure CLI with "az login" done. The first run installs the packages. Everything is checked
before anything changes, and after a failure the same command goes on where it stopped. docs/deploy.md has every step.
.PARAMETER SubscriptionId
The subscription, by id or name. Default: the one that az is set to.
.PARAMETER ResourceGroup
The resource group; it is made when it is not there. Default: jmd-discogs.
.PARAMETER NamePrefix
Begins the names of all resources. Default: jmd-discogs.
.PARAMETER NameSuffix
Ends the names, its hyphen included, as in -b2. Default: none, or one derived from subscription and group when somebody
else has a plain name.
.PARAMETER Location
The Azure region. Default: canadacentral.
.PARAMETER DiscogsToken
Your personal token from https://www.discogs.com/settings/developers. Better leave it out: you are asked, and your shell's
history does not keep it.
.PARAMETER ClientApiKey
The key that callers send as x-api-key: a long random text of your own. Better leave it out: you are asked.
.PARAMETER ZipPath
A package to deploy in place of one that is built now, for example the last version's when rolling back.
.PARAMETER CodeOnly
Deploys the package into the existing app, and tests it. Resources and secrets stay as they are.
.PARAMETER UseFlexConsumption
Flex Consumption, which is the default. -UseFlexConsumption:$false asks for the classic Linux Consumption plan.
.PARAMETER EnableKeyVault
Secrets in Key Vault, which is the default. -EnableKeyVault:$false puts them into app settings, readable by everybody who
may read those.
.PARAMETER NodeVersion
22 or 24. Default: 22 until the region makes 24 its standard.
.PARAMETER ReadOnly
Refuses everything that writes to Discogs.
.PARAMETER EnableRequestLog
Logs every request: path, search words, and of the headers only harmless ones with their values.
.PARAMETER StateStore
tables (default): all instances share one budget of calls. memory: each counts for itself.
.PARAMETER EnableBroker
Also serves the broker; asks for the consumer key and secret of your Discogs application. docs/broker-azure.md explains it.
.PARAMETER EnableSignIn
Also lets people sign in with their own Discogs account; asks for the same two. docs/sign-in.md explains it.
.PARAMETER AlertEmail
Address that receives alerts. Default: none.
.PARAMETER EnableStableOutboundAddress
An outbound address of your own through a NAT gateway, which costs money by the hour.
.PARAMETER PrincipalId
The object id of the signed-in account, where it cannot be read from its token.
.PARAMETER Parameter
Any other parameter of infra/main.bicep, as name=value; several separated by commas.
.PARAMETER WhatIf
Shows what would change in Azure, and changes nothing.
.EXAMPLE
./scripts/deploy.ps1 -SubscriptionId 00000000-0000-0000-0000-000000000000
Asks for token and key, and deploys with the default names.
.EXAMPLE
./scripts/deploy.ps1 -CodeOnly
Brings a new version of the code.
#>
[CmdletBinding(PositionalBinding = $false)]
param(
    [string]$SubscriptionId,
    [string]$ResourceGroup,
    [string]$NamePrefix,
    [string]$NameSuffix,
    [string]$Location,
    [string]$DiscogsToken,
    [string]$ClientApiKey,
    [string]$ZipPath,
    [switch]$CodeOnly,
    [switch]$UseFlexConsumption,
    [switch]$EnableKeyVault,
    [string]$NodeVersion,
    [switch]$ReadOnly,
    [switch]$EnableRequestLog,
    [string]$StateStore,
    [switch]$EnableBroker,
    [switch]$EnableSignIn,
    [string]$AlertEmail,
    [switch]$EnableStableOutboundAddress,
    [string]$PrincipalId,
    [string[]]$Parameter,
    [switch]$WhatIf
)

$ErrorActionPreference = 'Stop'
. (Join-Path $PSScriptRoot 'deploy/invokeNode.ps1')

$secrets = @{}
$secrets['X_API_KEY'] = Read-Secret -Given $ClientApiKey -Variable 'X_API_KEY' -Question 'Client API key'
if (-not $CodeOnly) {
    $secrets['DISCOGS_TOKEN'] = Read-Secret -Given $DiscogsToken -Variable 'DISCOGS_TOKEN' -Question 'Discogs token'
}
if (($EnableBroker -or $EnableSignIn) -and -not $CodeOnly) {
    $secrets['DISCOGS_CONSUMER_KEY'] = Read-Secret -Variable 'DISCOGS_CONSUMER_KEY' -Question 'Discogs consumer key'
    $secrets['DISCOGS_CONSUMER_SECRET'] = Read-Secret -Variable 'DISCOGS_CONSUMER_SECRET' -Question 'Discogs consumer secret'
}
Invoke-DiscogsAgent -Command 'deploy' -Bound $PSBoundParameters -Secrets $secrets
exit $LASTEXITCODE
