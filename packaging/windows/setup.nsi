; The double-click installer. Built by packaging/windows/build.sh:
;   makensis -INPUTCHARSET UTF8 -DVERSION=.. -DPAYLOAD=.. -DICON=.. -DSIDE=.. [-DSIGN=sign.sh] -DOUT=.. setup.nsi
; Per user, no administrator rights, Chinese. /S installs silently; exit code 5 means the program was running, 6 that this
; Windows is too old.
Unicode true
; -DX86 builds the 32-bit stub the wider world knows; the 64-bit one also runs under a wine without 32-bit parts.
!ifndef X86
  Target amd64-unicode
!endif
!ifdef NSIS_WIN32_MAKENSIS
  !define SLASH "\"
!else
  !define SLASH "/"
!endif
!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include x64.nsh

!define APP "绩效填报助手"
!define ID "Jixiao"
!define EXE "jixiao.exe"
!define CLI "jixiao-cli.exe"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${ID}"
!define CLASSES "Software\Classes"
!define PROGID "Jixiao.Store"

Name "${APP}"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\${ID}"
InstallDirRegKey HKCU "Software\${ID}" "InstallDir"
; -DQUICK leaves the payload uncompressed: for the "older version" of a test.
!ifdef QUICK
  SetCompress off
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
ManifestDPIAware true
ManifestSupportedOS Win10
BrandingText "${APP} ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "${APP}"
VIAddVersionKey /LANG=2052 "FileDescription" "${APP} 安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "CompanyName" "${ID}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT"

!ifdef SIGN
  ; The uninstaller is written by the installer itself, so it is signed while the installer is made.
  !uninstfinalize '"${SIGN}" "%1"'
!endif

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TITLE "安装 ${APP} ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "财政项目支出绩效目标申报表、绩效自评表的填报、检查、计分与导出。$\r$\n$\r$\n只为当前用户安装，不需要管理员权限，不联网。已有的数据文件（.jixiao）不会被改动。$\r$\n$\r$\n点“下一步”继续。"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\${EXE}"
!define MUI_FINISHPAGE_RUN_TEXT "立即启动 ${APP}"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

; A running program keeps its own file open for reading, so opening it for appending fails.
!macro RefuseWhileRunning PREFIX
Function ${PREFIX}IsRunning ; file name on the stack; afterwards 1 or 0
  Exch $0
  ${If} ${FileExists} "$INSTDIR\$0"
    ClearErrors
    FileOpen $1 "$INSTDIR\$0" a
    ${If} ${Errors}
      StrCpy $0 1
    ${Else}
      FileClose $1
      StrCpy $0 0
    ${EndIf}
  ${Else}
    StrCpy $0 0
  ${EndIf}
  Exch $0
FunctionEnd

Function ${PREFIX}RefuseWhileRunning
  again:
  Push "${EXE}"
  Call ${PREFIX}IsRunning
  Pop $2
  Push "${CLI}"
  Call ${PREFIX}IsRunning
  Pop $3
  ${If} $2 == 1
  ${OrIf} $3 == 1
    IfSilent refused 0
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${APP} 正在运行。请先保存并关闭它，再点“重试”。" IDRETRY again
    refused:
    SetErrorLevel 5
    Abort
  ${EndIf}
FunctionEnd
!macroend
!insertmacro RefuseWhileRunning ""
!insertmacro RefuseWhileRunning "un."

; What Qt 6.8 needs. Without this the program would be installed and then fail with a word about a missing DLL.
Function .onInit
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
  ${OrIfNot} ${AtLeastBuild} 17763
    IfSilent refused 0
    MessageBox MB_OK|MB_ICONSTOP "${APP} 需要 64 位的 Windows 10（1809 版）或以上，不能装在这台电脑上。没有安装任何文件。$\r$\n$\r$\n请换一台电脑安装，或请信息技术人员升级 Windows。"
    refused:
    SetErrorLevel 6
    Quit
  ${EndIf}
FunctionEnd

Section "program"
  SetShellVarContext current
  Call RefuseWhileRunning
  ; Program files are replaced as a whole, so nothing stale of an older version stays. Data is never in here.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${PAYLOAD}${SLASH}*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortCut "$SMPROGRAMS\${APP}.lnk" "$INSTDIR\${EXE}" "" "$INSTDIR\${EXE}" 0
  CreateShortCut "$DESKTOP\${APP}.lnk" "$INSTDIR\${EXE}" "" "$INSTDIR\${EXE}" 0
  WriteRegStr HKCU "${CLASSES}\.jixiao" "" "${PROGID}"
  WriteRegStr HKCU "${CLASSES}\${PROGID}" "" "${APP}数据文件"
  WriteRegStr HKCU "${CLASSES}\${PROGID}\DefaultIcon" "" "$INSTDIR\${EXE},0"
  WriteRegStr HKCU "${CLASSES}\${PROGID}\shell\open\command" "" '"$INSTDIR\${EXE}" "%1"'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  WriteRegStr HKCU "Software\${ID}" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "Software\${ID}" "Version" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${APP}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "${ID}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${EXE}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" "$0"
SectionEnd

Section "Uninstall"
  SetShellVarContext current
  Call un.RefuseWhileRunning
  Delete "$SMPROGRAMS\${APP}.lnk"
  Delete "$DESKTOP\${APP}.lnk"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\${EXE}"
  Delete "$INSTDIR\${CLI}"
  Delete "$INSTDIR\uninstall.exe"
  ; Without /r: a data file somebody keeps in the program's folder stays.
  RMDir "$INSTDIR"
  DeleteRegKey HKCU "${CLASSES}\${PROGID}"
  DeleteRegKey HKCU "${CLASSES}\.jixiao"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  DeleteRegKey HKCU "Software\${ID}"
SectionEnd
