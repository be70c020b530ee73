#Requires -Version 7.1
<#
.SYNOPSIS
Writes the Discogs token and the client key into the Key Vault, or the app settings, of an existing deployment.
.DESCRIPTION
Lends you the role Key Vault Secrets Officer for as long as it takes. What you leave empty stays as it is. A list of
client keys travels as the environment variable CLIENT_KEYS, the broker's secrets as DISCOGS_CONSUMER_KEY,
DISCOGS_CONSUMER_SECRET, BROKER_CLIENT_TOKEN and BROKER_STATE_ENCRYPTION_KEY. docs/deploy.md explains how to rotate keys.
.PARAMETER SubscriptionId
The subscription, by id or name. Default: the one that az is set to.
.PARAMETER ResourceGroup
The resource group, also as -ResourceGroupName.
.PARAMETER VaultName
The vault. Leave it out for a deployment without Key Vault.
.PARAMETER FunctionAppName
The app: it is restarted to read the new values, and holds them itself where there is no vault.
.PARAMETER DiscogsToken
The Discogs token. Better leave it out: you are asked.
.PARAMETER ClientApiKey
The client key, or "new,old" during a rotation. Better leave it out: you are asked.
.PARAMETER PrincipalId
The object id of the signed-in account, where it cannot be read from its token.
#>
[CmdletBinding(PositionalBinding = $false)]
param(
    [string]$SubscriptionId,
    [Alias('ResourceGroupName')][string]$ResourceGroup,
    [string]$VaultName,
    [string]$FunctionAppName,
    [string]$DiscogsToken,
    [string]$ClientApiKey,
    [string]$PrincipalId
)

$ErrorActionPreference = 'Stop'
. (Join-Path $PSScriptRoot 'deploy/invokeNode.ps1')

$secrets = @{}
$secrets['DISCOGS_TOKEN'] = Read-Secret -Given $DiscogsToken -Variable 'DISCOGS_TOKEN' -Question 'Discogs token'
$secrets['X_API_KEY'] = Read-Secret -Given $ClientApiKey -Variable 'X_API_KEY' -Question 'Client API key'
Invoke-DiscogsAgent -Command 'secrets' -Bound $PSBoundParameters -Secrets $secrets
exit $LASTEXITCODE
