#Requires -Version 7.1
<#
.SYNOPSIS
Deletes a deployment: its resource group with everything in it. Without -Yes it only lists what would go.
.PARAMETER SubscriptionId
The subscription, by id or name. Default: the one that az is set to.
.PARAMETER ResourceGroup
The resource group. Default: jmd-discogs.
.PARAMETER NamePrefix
The prefix of the deployment's names; anything else in the group stops the run. Default: jmd-discogs.
.PARAMETER NameSuffix
The suffix of the deployment's names, its hyphen included.
.PARAMETER Yes
Really delete.
.PARAMETER IncludingOthers
Delete the group although it holds resources of other names.
.PARAMETER PurgeVault
Delete the vault for good. Otherwise it can be recovered until its retention ends, and its name is taken that long.
#>
[CmdletBinding(PositionalBinding = $false)]
param(
    [string]$SubscriptionId,
    [string]$ResourceGroup,
    [string]$NamePrefix,
    [string]$NameSuffix,
    [switch]$Yes,
    [switch]$IncludingOthers,
    [switch]$PurgeVault
)

$ErrorActionPreference = 'Stop'
. (Join-Path $PSScriptRoot 'deploy/invokeNode.ps1')
Invoke-DiscogsAgent -Command 'remove' -Bound $PSBoundParameters -Secrets @{}
exit $LASTEXITCODE
