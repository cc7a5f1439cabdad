# The native equivalent of build.sh, for a Windows machine with Python 3.11 and NSIS. Written, not run yet (CONTRIBUTING.md).
$ErrorActionPreference = 'Stop'
$root = (Resolve-Path "$PSScriptRoot\..\..").Path
Set-Location $root
function Invoke-Checked { # program and arguments; stops when it fails
    $program, $rest = $args
    & $program @rest
    if ($LASTEXITCODE -ne 0) { throw "$program $rest ended with exit code $LASTEXITCODE" }
}
$version = [regex]::Match((Get-Content model\__init__.py -Raw), '__version__ = "(.+?)"').Groups[1].Value
$python = "$root\build\windows-venv\Scripts\python.exe"
$bundle = "$root\build\windows\dist\jixiao"
$setup = "$root\dist\Setup-$version.exe"
$env:PYTHONHASHSEED = '0'
$env:QT_QPA_PLATFORM = 'offscreen'

Write-Output '1 locked packages'
New-Item -ItemType Directory -Force build, dist | Out-Null
if (-not (Test-Path $python)) { Invoke-Checked python -m venv build\windows-venv }
Invoke-Checked $python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary=:all: `
    -r packaging\requirements-windows.lock

Write-Output '2 PyInstaller'
Invoke-Checked $python packaging\assets.py
Invoke-Checked $python -m PyInstaller --noconfirm --distpath build\windows\dist --workpath build\windows\work packaging\jixiao.spec

Write-Output '3 static checks'
Invoke-Checked $python packaging\windows\pe_check.py $bundle

Write-Output '4 installer and portable zip'
# The official NSIS has only the 32-bit stub.
Invoke-Checked "${env:ProgramFiles(x86)}\NSIS\makensis.exe" -V1 -INPUTCHARSET UTF8 -DX86=1 "-DVERSION=$version" "-DPAYLOAD=$bundle" `
    "-DICON=$root\build\assets\jixiao.ico" "-DSIDE=$root\build\assets\side.bmp" "-DOUT=$setup" packaging\windows\setup.nsi
$zip = "$root\dist\Jixiao-$version-portable.zip"
Compress-Archive -Force -Path $bundle -DestinationPath $zip
$setup, $zip | ForEach-Object { '{0}  {1}' -f (Get-FileHash $_ -Algorithm SHA256).Hash.ToLower(), (Split-Path $_ -Leaf) } |
    Set-Content -Encoding ascii dist\SHA256SUMS-windows
'{0,-30} {1,6:N1} MB' -f 'installed', ((Get-ChildItem -Recurse -File $bundle | Measure-Object Length -Sum).Sum / 1e6)
foreach ($file in $setup, $zip) { '{0,-30} {1,6:N1} MB' -f (Split-Path $file -Leaf), ((Get-Item $file).Length / 1e6) }
