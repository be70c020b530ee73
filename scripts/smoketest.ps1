#Requires -Version 7.1
<#
.SYNOPSIS
Asks a gateway the questions that show whether it works. Ends with OVERALL: PASS, or exit code 1.
.PARAMETER BaseUrl
The gateway, such as http://localhost:7071. Default: the deployed app, looked up with az.
.PARAMETER SubscriptionId
The subscription of the deployed app. Default: the one that az is set to.
.PARAMETER ResourceGroup
The resource group of the deployed app. Default: jmd-discogs.
.PARAMETER NamePrefix
The prefix of the deployed app. Default: jmd-discogs.
.PARAMETER NameSuffix
The suffix of the deployed app, its hyphen included.
.PARAMETER ClientApiKey
The client key. Better leave it out: you are asked.
.PARAMETER DiscogsToken
Enables the checks for which the gateway needs a token. It is not sent anywhere.
.PARAMETER Username
A Discogs user name: enables the checks of collection and wantlist.
.PARAMETER PauseSeconds
Seconds between two requests. Default: none.
.PARAMETER IncludeWriteTests
Puts release 249504 on the wantlist and takes it off, also when it was there before.
#>
[CmdletBinding(PositionalBinding = $false)]
param(
    [string]$BaseUrl,
    [string]$SubscriptionId,
    [string]$ResourceGroup,
    [string]$NamePrefix,
    [string]$NameSuffix,
    [string]$ClientApiKey,
    [string]$DiscogsToken,
    [string]$Username,
    [int]$PauseSeconds,
    [switch]$IncludeWriteTests
)

$ErrorActionPreference = 'Stop'
. (Join-Path $PSScriptRoot 'deploy/invokeNode.ps1')

$secrets = @{ DISCOGS_TOKEN = $DiscogsToken }
$secrets['X_API_KEY'] = Read-Secret -Given $ClientApiKey -Variable 'X_API_KEY' -Question 'Client API key' -WhenEmpty 'none, and the test cannot pass'
Invoke-DiscogsAgent -Command 'smoketest' -Bound $PSBoundParameters -Secrets $secrets -NeedsAzureCli (-not $BaseUrl)
exit $LASTEXITCODE
