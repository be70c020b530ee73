<#
.SYNOPSIS
Helpers of the scripts beside this folder: hidden questions, and the one call into Node. Dot-source it.
#>

function Read-Secret {
    <#
    .SYNOPSIS
    A secret from a parameter, from the environment, or typed unseen. Empty means that none is given.
    .PARAMETER Given
    The parameter's value.
    .PARAMETER Variable
    The environment variable that is used when the parameter is empty.
    .PARAMETER Question
    What to ask.
    .PARAMETER WhenEmpty
    What an empty answer means.
    #>
    param(
        [string]$Given,
        [string]$Variable,
        [string]$Question,
        [string]$WhenEmpty = 'keep the one in Azure'
    )
    if ($Given) { return $Given }
    $known = [Environment]::GetEnvironmentVariable($Variable)
    if ($known) { return $known }
    return Read-Host -Prompt "$Question (Enter: $WhenEmpty)" -MaskInput
}

function Invoke-DiscogsAgent {
    <#
    .SYNOPSIS
    Runs a command of the deployment on the Node that npm brought. Its exit code is left in $LASTEXITCODE.
    .PARAMETER Command
    deploy, secrets, smoketest, remove.
    .PARAMETER Bound
    The parameters as PowerShell bound them. -SubscriptionId becomes --subscription-id, a switch --name or --no-name.
    The two that hold secrets are never passed on.
    .PARAMETER Secrets
    Environment variables for Node alone: they are set for the call and put back after it.
    .PARAMETER NeedsAzureCli
    Whether to look for az first.
    #>
    param(
        [string]$Command,
        [System.Collections.IDictionary]$Bound,
        [hashtable]$Secrets,
        [bool]$NeedsAzureCli = $true
    )
    $root = Split-Path -Parent (Split-Path -Parent $PSScriptRoot)
    $tools = @('node')
    if ($NeedsAzureCli) { $tools += 'az' }
    foreach ($tool in $tools) {
        if (-not (Get-Command $tool -ErrorAction SilentlyContinue)) {
            throw "$tool was not found. docs/deploy.md lists what to install."
        }
    }
    $arguments = @((Join-Path $root 'scripts/run.mjs'), 'deploy/run', $Command)
    foreach ($name in $Bound.Keys) {
        if ($name -in @('DiscogsToken', 'ClientApiKey')) { continue }
        $value = $Bound[$name]
        $option = ($name -creplace '(?<!^)([A-Z])', '-$1').ToLowerInvariant()
        if ($value -is [switch] -or $value -is [bool]) {
            if ($value) { $arguments += "--$option" } else { $arguments += "--no-$option" }
        } else {
            foreach ($each in $value) { if ("$each" -ne '') { $arguments += "--$option=$each" } }
        }
    }
    $before = @{}
    try {
        foreach ($variable in $Secrets.Keys) {
            $before[$variable] = [Environment]::GetEnvironmentVariable($variable)
            if ($Secrets[$variable]) { Set-Item -Path "env:$variable" -Value $Secrets[$variable] }
        }
        & node @arguments
    } finally {
        foreach ($variable in $before.Keys) {
            if ($before[$variable]) {
                Set-Item -Path "env:$variable" -Value $before[$variable]
            } else {
                Remove-Item -Path "env:$variable" -ErrorAction SilentlyContinue
            }
        }
    }
}
