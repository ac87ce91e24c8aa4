; The installer for Windows: for one person, without an administrator. installers/windows.py gives all names in capitals,
; and the two lists of files. Exit codes, for whoever installs silently: 0 done, 1 given up by the person, 2 a file could not
; be written, 3 the program is open, 4 a higher version is installed, 5 the system is too old.

; A 64-bit program, as all that it installs. Windows of 32 bit says itself that it cannot run it.
Target amd64-unicode
Unicode true
SetCompressor /SOLID lzma
SetCompressorDictSize 64
SetDateSave off ; when the build has written a file is nobody's business, and would make each build another
RequestExecutionLevel user
ManifestDPIAware true

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include WordFunc.nsh
!include WinVer.nsh

!define NAME "SPP Desktop"
!define KEPT "Software\Microsoft\Windows\CurrentVersion\Uninstall\SPP Desktop"
!define KIND "SPPDesktop.Plan"

Name "${NAME}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\SPP Desktop"
InstallDirRegKey HKCU "${KEPT}" "InstallLocation"
BrandingText "${NAME} ${VERSION}"
VIProductVersion "${FOUR_NUMBERS}"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "Installer of ${NAME}"
VIAddVersionKey "LegalCopyright" "MIT licence; see Licences.txt in the program's folder"

!define MUI_ICON "${APP}/spp-desktop.ico"
!define MUI_UNICON "${APP}/spp-desktop.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\pythonw.exe"
!define MUI_FINISHPAGE_RUN_PARAMETERS "-X utf8 -m spp_desktop"
!define MUI_FINISHPAGE_RUN_TEXT "Open ${NAME}"
!define MUI_FINISHPAGE_NOAUTOCLOSE
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "${NAME} is removed from this computer. Your plans, their earlier versions and your settings stay where they are."
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

; Say why nothing is done, and end.
!macro Refuse SENTENCE STATUS
  MessageBox MB_OK|MB_ICONEXCLAMATION "${SENTENCE}" /SD IDOK
  SetErrorLevel ${STATUS}
  Quit
!macroend

; A program that runs cannot be opened for writing.
!macro WhileOpen UN
Function ${UN}WhileOpen
  ${Do}
    StrCpy $R0 ""
    ${For} $R1 1 2
      StrCpy $R2 "$INSTDIR\pythonw.exe"
      ${IfThen} $R1 = 2 ${|} StrCpy $R2 "$INSTDIR\python.exe" ${|}
      ${If} ${FileExists} $R2
        ClearErrors
        FileOpen $R3 $R2 a
        ${If} ${Errors}
          StrCpy $R0 open
        ${Else}
          FileClose $R3
        ${EndIf}
      ${EndIf}
    ${Next}
    ${If} $R0 == ""
      Return
    ${EndIf}
    ${If} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${NAME} is open. Everything in it is kept already: close its windows, then choose Retry." /SD IDCANCEL IDCANCEL`
      SetErrorLevel 3
      Quit
    ${EndIf}
  ${Loop}
FunctionEnd
!macroend
!insertmacro WhileOpen ""
!insertmacro WhileOpen "un."

Function .onInit
  ${IfNot} ${AtLeastBuild} ${LEAST_BUILD}
    !insertmacro Refuse "${NAME} needs Windows 10 (version 1809 or later) or Windows 11, 64 bit. Nothing was changed." 5
  ${EndIf}
  ReadRegStr $0 HKCU "${KEPT}" "DisplayVersion"
  ${If} $0 != ""
    ${VersionCompare} $0 "${VERSION}" $1
    ${If} $1 = 1
      ${GetParameters} $2
      ClearErrors
      ${GetOptions} $2 "/LOWER" $3
      ${If} ${Errors}
        !insertmacro Refuse "${NAME} $0 is installed, which is newer than ${VERSION}. Nothing was changed. Plans that $0 has changed may not open in ${VERSION}; their earlier versions do. To go back all the same, remove ${NAME} $0 in Windows' settings (your plans stay) and start this again, or start it with /LOWER." 4
      ${EndIf}
    ${EndIf}
  ${EndIf}
FunctionEnd

Section
  ; What an earlier version has put there goes first, by its own list.
  ReadRegStr $0 HKCU "${KEPT}" "InstallLocation"
  ${If} $0 == ""
  ${OrIfNot} ${FileExists} "$0\uninstall.exe"
    Call WhileOpen
  ${Else}
    StrCpy $1 $INSTDIR
    StrCpy $INSTDIR $0
    Call WhileOpen
    StrCpy $INSTDIR $1
    DetailPrint "Removing the version that is installed"
    ExecWait '"$0\uninstall.exe" /S _?=$0' $1
    ${If} $1 <> 0
      !insertmacro Refuse "The version of ${NAME} that is installed could not be removed. Close everything that uses it, then start this again." 2
    ${EndIf}
    Delete "$0\uninstall.exe"
    RMDir "$0"
  ${EndIf}

  ClearErrors ; a value that is not in the registry, as at the first installation, has set the sign of an error
  !include "${FILES}"
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ${If} ${Errors}
    !insertmacro Refuse "Not all of ${NAME} could be written to $INSTDIR. Is the disk full, or is the folder closed to you? Start this again when it is not." 2
  ${EndIf}

  SetOutPath "$DOCUMENTS" ; where the program starts to look for plans
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\pythonw.exe" "-X utf8 -m spp_desktop" "$INSTDIR\spp-desktop.ico"
  SetOutPath "$INSTDIR"

  ReadRegStr $0 HKCU "Software\Classes\.plan" ""
  ${If} $0 == ""
    WriteRegStr HKCU "Software\Classes\.plan" "" "${KIND}"
  ${EndIf}
  WriteRegStr HKCU "Software\Classes\.plan\OpenWithProgids" "${KIND}" ""
  WriteRegStr HKCU "Software\Classes\${KIND}" "" "Policing plan"
  WriteRegStr HKCU "Software\Classes\${KIND}\DefaultIcon" "" "$INSTDIR\spp-desktop.ico"
  WriteRegStr HKCU "Software\Classes\${KIND}\shell\open\command" "" '"$INSTDIR\pythonw.exe" -X utf8 -m spp_desktop "%1"'

  WriteRegStr HKCU "${KEPT}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${KEPT}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEPT}" "DisplayIcon" "$INSTDIR\spp-desktop.ico"
  WriteRegStr HKCU "${KEPT}" "Publisher" "SPP Desktop contributors"
  WriteRegStr HKCU "${KEPT}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEPT}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEPT}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEPT}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${KEPT}" "NoModify" 1
  WriteRegDWORD HKCU "${KEPT}" "NoRepair" 1
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Section "Uninstall"
  Call un.WhileOpen
  !include "${REMOVALS}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"

  ReadRegStr $0 HKCU "Software\Classes\.plan" ""
  ${If} $0 == "${KIND}"
    DeleteRegValue HKCU "Software\Classes\.plan" ""
  ${EndIf}
  DeleteRegValue HKCU "Software\Classes\.plan\OpenWithProgids" "${KIND}"
  DeleteRegKey /ifempty HKCU "Software\Classes\.plan\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "Software\Classes\.plan"
  DeleteRegKey HKCU "Software\Classes\${KIND}"
  DeleteRegKey HKCU "${KEPT}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
