# The native equivalent of verify.sh: installs Setup.exe for the present user, uses, upgrades and removes it.
# Written, not run yet (CONTRIBUTING.md).
$ErrorActionPreference = 'Stop'
$root = (Resolve-Path "$PSScriptRoot\..\..").Path
Set-Location $root
$version = [regex]::Match((Get-Content model\__init__.py -Raw), '__version__ = "(.+?)"').Groups[1].Value
$python = "$root\build\windows-venv\Scripts\python.exe"
$setup = "$root\dist\Setup-$version.exe"
$program = "$env:LOCALAPPDATA\Programs\Jixiao"
$icon = "$([Environment]::GetFolderPath('Desktop'))\绩效填报助手.lnk"
$folder = "$root\build\windows-verify\我的 资料"
$store = "$folder\二〇二二 年.jixiao"
function Assert-That($what, $is) { if (-not $is) { throw "FAILED: $what" } else { "  ok: $what" } }
function Start-AndWait($file, $arguments) { (Start-Process $file -ArgumentList $arguments -Wait -PassThru).ExitCode }
if (Test-Path $folder) { Remove-Item -Recurse $folder }
New-Item -ItemType Directory -Force $folder | Out-Null

Assert-That 'silent installation' ((Start-AndWait $setup '/S') -eq 0)
Assert-That 'program, shortcut and file type are there' ((Test-Path "$program\jixiao.exe") -and (Test-Path $icon) -and
    (Test-Path 'HKCU:\Software\Classes\.jixiao'))
Assert-That 'nothing for all users' (-not (Test-Path 'HKLM:\Software\Jixiao'))
$started = Start-Process $icon -ArgumentList '--selftest', "`"$folder\自检`"" -Wait -PassThru
& $python packaging\check_selftest.py "$folder\自检" $version
Assert-That 'self-test from the shortcut' ($LASTEXITCODE -eq 0)
& "$program\jixiao-cli.exe" import --store $store tests\fixtures\forms\evaluations-2022-platform-centre.json | Out-Null
Assert-That 'import' ($LASTEXITCODE -eq 0)
& "$program\jixiao-cli.exe" export --store $store --out "$folder\自评 表.xlsx" | Out-Null
Assert-That 'export' (Test-Path "$folder\自评 表.xlsx")

foreach ($kind in 'pdf', 'docx') {
    & "$program\jixiao-cli.exe" import --store "$folder\$kind.jixiao" "tests\fixtures\papers\two-forms.$kind" | Out-Null
    & "$program\jixiao-cli.exe" export --store "$folder\$kind.jixiao" --out "$folder\$kind.json" | Out-Null
    Assert-That "a .$kind file is read" ((Get-FileHash "$folder\$kind.json").Hash -eq
        (Get-FileHash tests\fixtures\papers\two-forms.json).Hash)
}

$running = Start-Process $store -PassThru
for ($i = 0; $i -lt 60 -and -not (Test-Path "$store.lock"); $i++) { Start-Sleep 1 }
Assert-That 'a double-click opens the file' (Test-Path "$store.lock")
Assert-That 'refused while the program runs' ((Start-AndWait $setup '/S') -eq 5)
Stop-Process -Force -Id (Get-Content "$store.lock" -Encoding utf8 | ConvertFrom-Json).pid
Start-Sleep 2

$digest = (Get-FileHash $store).Hash
Set-Content "$program\_internal\stale.txt" 'of an older version'
Assert-That 'upgrade' ((Start-AndWait $setup '/S') -eq 0)
Assert-That 'no stale files' (-not (Test-Path "$program\_internal\stale.txt"))
Start-AndWait "$program\uninstall.exe" '/S' | Out-Null
for ($i = 0; $i -lt 30 -and (Test-Path $program); $i++) { Start-Sleep 1 }
Assert-That 'nothing left of the program' (-not ((Test-Path $program) -or (Test-Path $icon) -or
    (Test-Path 'HKCU:\Software\Classes\.jixiao') -or (Test-Path 'HKCU:\Software\Jixiao')))
Assert-That 'data untouched' ($digest -eq (Get-FileHash $store).Hash)
"VERIFIED on $([Environment]::OSVersion.VersionString)"
