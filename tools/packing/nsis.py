"""The instructions for makensis: one setup for a user without rights or for all users of a computer, silent or not.

Windows locks the file of a program that runs, so whether it is open is asked of the file itself. What is removed is a
list of the files that were installed, and never a folder with all that lies in it: a store may lie there.
"""

from pathlib import Path, PurePath

from avrr_desktop import __version__
from avrr_desktop.locations import NAME
from tools.packing.metadata import CONSOLE_NAME, LICENCE, numbers

TITLE = "AVRR Desktop"
TARGETS = ("amd64-unicode", "x86-unicode")  # the makensis of Debian knows both, that of Windows the second alone
OPEN, RIGHTS, FOREIGN, SYSTEM, ELSEWHERE, TWICE, NEWER = (
    3,
    4,
    5,
    6,
    7,
    8,
    9,
)  # exit codes, as docs/guide/it.md lists them
SAID = {
    OPEN: f"{TITLE} is open, so nothing was changed. Close it, for every user, and try again.",
    RIGHTS: f"Nothing was changed: {TITLE} for all users needs an administrator. Without /ALLUSERS it needs none.",
    FOREIGN: "Nothing was changed: this folder holds other files. Name a new folder with /D=.",
    SYSTEM: f"Nothing was changed: {TITLE} needs Windows 10 or newer, with 64 bits.",
    TWICE: f"Nothing was changed: {TITLE} is installed here in the other way, for one user or for all. Update or remove that one.",
    NEWER: f"Nothing was changed: a newer {TITLE} is installed here.",
    ELSEWHERE: f"Nothing was changed: {TITLE} is not in this folder. Name its folder with _?=, last and without quotes.",
}
_KEY = f"Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\{TITLE}"
# The system and administrators may do everything in the folder of the policy, all others read.
_RIGHTS = "*S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F *S-1-5-32-545:(OI)(CI)RX"
_CLASSES = "Software\\Classes"
_TYPES = {
    "avrr": ("Store", "store"),
    "avrr-backup": ("Backup", "backup"),
}  # ending -> name in the registry, and as people see it
_VERB = (
    f"{_CLASSES}\\Directory\\shell\\AVRRDesktop"  # stores and backups are folders: their menu, by how their names end
)
_OPEN = f'\'"$INSTDIR\\{NAME}.exe" open "%1"\''


def _types() -> str:
    """Return the lines that let Windows open the program's own files and folders with it."""
    lines = [f'WriteRegStr SHCTX "{_VERB}" "" "Open with {TITLE}"',
             f"""WriteRegStr SHCTX "{_VERB}" "AppliesTo" 'System.FileName:~>".avrr" OR System.FileName:~>".avrr-backup"'""",
             f'WriteRegStr SHCTX "{_VERB}" "Icon" "$INSTDIR\\{NAME}.exe"', f'WriteRegStr SHCTX "{_VERB}\\command" "" {_OPEN}']  # fmt: skip
    for ending, (name, shown) in _TYPES.items():
        kind = f"{_CLASSES}\\AVRRDesktop.{name}"
        lines += [f'WriteRegStr SHCTX "{_CLASSES}\\.{ending}" "" "AVRRDesktop.{name}"', f'WriteRegStr SHCTX "{kind}" "" "{TITLE} {shown}"',
                  f'WriteRegStr SHCTX "{kind}\\DefaultIcon" "" "$INSTDIR\\{NAME}.exe,0"',
                  f'WriteRegStr SHCTX "{kind}\\shell\\open\\command" "" {_OPEN}']  # fmt: skip
    return "".join(f"  {line}\n" for line in [*lines, _TOLD])


def _no_types() -> str:
    """Return the lines that take them away again."""
    keys = [
        _VERB,
        *(f"{_CLASSES}\\AVRRDesktop.{name}" for name, _ in _TYPES.values()),
        *(f"{_CLASSES}\\.{ending}" for ending in _TYPES),
    ]
    return "".join(f"  {line}\n" for line in [*(f'DeleteRegKey SHCTX "{key}"' for key in keys), _TOLD])


_TOLD = "System::Call 'shell32::SHChangeNotify(i 0x8000000, i 0, p 0, p 0)'"
_HEAD = f"""Target ${{TARGET}}
Unicode true
!ifdef QUICK
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
!endif
SetDateSave off
!include LogicLib.nsh
!include FileFunc.nsh
!include WinVer.nsh
!include x64.nsh
!include WordFunc.nsh
!include nsDialogs.nsh
!include MUI2.nsh
!ifdef SIGN_WITH
  !uninstfinalize `${{SIGN_WITH}} "%1"` = 0
!endif
Name "{TITLE}"
OutFile "${{OUT}}"
InstallDir ""
RequestExecutionLevel user ; for all users: started by who has the rights
ManifestDPIAware true
ManifestSupportedOS Win10
AllowSkipFiles off
Var ForAll
Var Told
BrandingText "{TITLE} {__version__}"
VIProductVersion "{".".join(map(str, numbers()))}"
VIAddVersionKey ProductName "{TITLE}"
VIAddVersionKey ProductVersion "{__version__}"
VIAddVersionKey FileVersion "{__version__}"
VIAddVersionKey FileDescription "Setup of {TITLE}"
VIAddVersionKey CompanyName "{TITLE} authors"
VIAddVersionKey LegalCopyright "{LICENCE}"
!define MUI_ICON "${{ICON}}"
!define MUI_UNICON "${{ICON}}"
!define MUI_WELCOMEPAGE_TEXT "{TITLE} {__version__} will be put into $INSTDIR.$\\r$\\n$\\r$\\nWhat was recorded with an earlier version stays."
!define MUI_FINISHPAGE_TEXT "{TITLE} is in the Start menu."
!define MUI_UNCONFIRMPAGE_TEXT_TOP "$Told"
!insertmacro MUI_PAGE_WELCOME
Page custom ShowForWhom LeaveForWhom
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE English

; Who runs a setup silently sees the sentence where the output goes, and otherwise the exit code.
!macro Refuse CODE TEXT
  SetErrorLevel ${{CODE}}
  ${{If}} ${{Silent}}
    System::Call 'kernel32::AttachConsole(i -1)'
    System::Call 'kernel32::GetStdHandle(i -11)p.r1'
    FileWrite $1 "${{TEXT}}$\\r$\\n"
  ${{Else}}
    MessageBox MB_OK|MB_ICONSTOP "${{TEXT}}"
  ${{EndIf}}
  Quit
!macroend

!macro RefuseWhileRuns PROGRAM
  ${{If}} ${{FileExists}} "$INSTDIR\\${{PROGRAM}}"
    ClearErrors
    FileOpen $0 "$INSTDIR\\${{PROGRAM}}" a ; changes nothing, and Windows lets nobody do it while the program runs
    ${{If}} ${{Errors}}
      !insertmacro Refuse {OPEN} "{SAID[OPEN]}"
    ${{EndIf}}
    FileClose $0
  ${{EndIf}}
!macroend

!macro RefuseWhileOpen
  !insertmacro RefuseWhileRuns "{NAME}.exe"
  !insertmacro RefuseWhileRuns "{CONSOLE_NAME}.exe"
!macroend

; Two installations would both be in the menu, and only one would be updated. Of users only those who are logged in are seen.
!macro RefuseTwice
  ${{If}} $ForAll == 1
    StrCpy $0 0
    ${{Do}}
      EnumRegKey $1 HKU "" $0
      ${{If}} $1 == ""
        ${{Break}}
      ${{EndIf}}
      ReadRegStr $4 HKU "$1\\{_KEY}" "InstallLocation"
      ${{If}} $4 != ""
        !insertmacro Refuse {TWICE} "{SAID[TWICE]}"
      ${{EndIf}}
      IntOp $0 $0 + 1
    ${{Loop}}
  ${{Else}}
    ReadRegStr $4 HKLM "{_KEY}" "InstallLocation"
    ${{If}} $4 != ""
      ${{IfNot}} ${{Silent}} ; whoever clicks on a newer setup means the one that is here
        ExecShell "runas" '"$EXEPATH"' "/ALLUSERS"
        Quit
      ${{EndIf}}
      !insertmacro Refuse {TWICE} "{SAID[TWICE]}"
    ${{EndIf}}
  ${{EndIf}}
!macroend

!macro RefuseOlder
  ReadRegStr $4 SHCTX "{_KEY}" "VersionNumbers"
  ${{If}} $4 != ""
    ${{VersionCompare}} "$4" "{".".join(map(str, numbers()))}" $0
    ${{If}} $0 == 1
      !insertmacro Refuse {NEWER} "{SAID[NEWER]}"
    ${{EndIf}}
  ${{EndIf}}
!macroend

!macro RefuseWithoutRights
  UserInfo::GetAccountType
  Pop $0
  ${{If}} $0 != "Admin"
    !insertmacro Refuse {RIGHTS} "{SAID[RIGHTS]}"
  ${{EndIf}}
!macroend

; For whom: only asked of somebody who looks, and did not say so. For all users the setup starts itself anew, with rights.
Function ShowForWhom
  ${{If}} $ForAll == 1
    Abort
  ${{EndIf}}
  !insertmacro MUI_HEADER_TEXT "For whom?" "Either way everybody has stores of their own."
  nsDialogs::Create 1018
  Pop $0
  ${{NSD_CreateRadioButton}} 0 0 100% 14u "For me alone; no administrator is needed"
  Pop $4
  ${{NSD_Check}} $4
  ${{NSD_CreateRadioButton}} 0 20u 100% 14u "For all users of this computer, as administrator"
  Pop $5
  nsDialogs::Show
FunctionEnd

Function LeaveForWhom
  ${{NSD_GetState}} $5 $0
  ${{If}} $0 == ${{BST_CHECKED}}
    ClearErrors
    ExecShell "runas" '"$EXEPATH"' "/ALLUSERS"
    ${{If}} ${{Errors}} ; nobody gave the rights: the choice stays open
      Abort
    ${{EndIf}}
    Quit
  ${{EndIf}}
FunctionEnd

Function .onInit
  ${{IfNot}} ${{AtLeastWin10}}
  ${{OrIfNot}} ${{RunningX64}}
    !insertmacro Refuse {SYSTEM} "{SAID[SYSTEM]}"
  ${{EndIf}}
  SetRegView 64
  SetShellVarContext current
  StrCpy $3 "$LOCALAPPDATA\\Programs\\{TITLE}"
  ${{GetParameters}} $2
  ClearErrors
  ${{GetOptions}} $2 "/ALLUSERS" $0
  ${{IfNot}} ${{Errors}}
    !insertmacro RefuseWithoutRights
    SetShellVarContext all
    StrCpy $ForAll 1
    StrCpy $3 "$PROGRAMFILES64\\{TITLE}"
  ${{EndIf}}
  ${{If}} $INSTDIR == "" ; else it was named with /D=
    ReadRegStr $INSTDIR SHCTX "{_KEY}" "InstallLocation"
    ${{If}} $INSTDIR == ""
      StrCpy $INSTDIR $3
    ${{EndIf}}
  ${{EndIf}}
  ${{If}} $INSTDIR != $3
  ${{AndIf}} ${{FileExists}} "$INSTDIR\\*.*"
  ${{AndIfNot}} ${{FileExists}} "$INSTDIR\\Uninstall.exe"
    ${{DirState}} "$INSTDIR" $0
    ${{If}} $0 != 0
      !insertmacro Refuse {FOREIGN} "{SAID[FOREIGN]}"
    ${{EndIf}}
  ${{EndIf}}
  !insertmacro RefuseTwice
  !insertmacro RefuseOlder
  !insertmacro RefuseWhileOpen
FunctionEnd

Function un.onInit
  SetRegView 64
  SetShellVarContext current
  StrCpy $Told "Stores, backups and the log stay where they are."
  ${{GetParameters}} $2
  ClearErrors
  ${{GetOptions}} $2 "/PURGE" $0
  ${{IfNot}} ${{Errors}}
    StrCpy $Told "Stores, backups and the log in $LOCALAPPDATA\\{TITLE} will be DELETED, as /PURGE asks."
  ${{EndIf}}
  ReadRegStr $0 HKLM "{_KEY}" "InstallLocation"
  ${{If}} $0 == $INSTDIR
    !insertmacro RefuseWithoutRights
    SetShellVarContext all
  ${{Else}}
    ReadRegStr $0 HKCU "{_KEY}" "InstallLocation"
    ${{If}} $0 != $INSTDIR
    ${{AndIfNot}} ${{FileExists}} "$INSTDIR\\{NAME}.exe"
      !insertmacro Refuse {ELSEWHERE} "{SAID[ELSEWHERE]}"
    ${{EndIf}}
  ${{EndIf}}
  !insertmacro RefuseWhileOpen
FunctionEnd

Section
  ; An earlier version takes out its own files, as it alone knows their names.
  ${{If}} ${{FileExists}} "$INSTDIR\\Uninstall.exe"
    ExecWait '"$INSTDIR\\Uninstall.exe" /S _?=$INSTDIR' $0
    ${{If}} $0 <> 0
      !insertmacro Refuse {OPEN} "{SAID[OPEN]}"
    ${{EndIf}}
  ${{EndIf}}
"""
_MIDDLE = f"""  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\\Uninstall.exe"
  ; Where the policy lies. What somebody laid there before keeps its owner, and does not count as the policy.
  ${{If}} $ForAll == 1
    CreateDirectory "$APPDATA\\{TITLE}"
    nsExec::Exec '"$SYSDIR\\icacls.exe" "$APPDATA\\{TITLE}" /setowner *S-1-5-32-544'
    Pop $0
    nsExec::Exec '"$SYSDIR\\icacls.exe" "$APPDATA\\{TITLE}" /reset'
    Pop $0
    nsExec::Exec '"$SYSDIR\\icacls.exe" "$APPDATA\\{TITLE}" /inheritance:r /grant:r {_RIGHTS}'
    Pop $0
  ${{EndIf}}
  CreateShortcut "$SMPROGRAMS\\{TITLE}.lnk" "$INSTDIR\\{NAME}.exe"
  WriteRegStr SHCTX "{_KEY}" "DisplayName" "{TITLE}"
  WriteRegStr SHCTX "{_KEY}" "DisplayVersion" "{__version__}"
  WriteRegStr SHCTX "{_KEY}" "VersionNumbers" "{".".join(map(str, numbers()))}"
  WriteRegStr SHCTX "{_KEY}" "Publisher" "{TITLE} authors"
  WriteRegStr SHCTX "{_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "{_KEY}" "DisplayIcon" "$INSTDIR\\{NAME}.exe"
  WriteRegStr SHCTX "{_KEY}" "UninstallString" '"$INSTDIR\\Uninstall.exe"'
  WriteRegStr SHCTX "{_KEY}" "QuietUninstallString" '"$INSTDIR\\Uninstall.exe" /S'
{_types()}  WriteRegDWORD SHCTX "{_KEY}" "EstimatedSize" @KILOBYTES@
  WriteRegDWORD SHCTX "{_KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "{_KEY}" "NoRepair" 1
SectionEnd

Section Uninstall
"""
_END = f"""  Delete "$INSTDIR\\Uninstall.exe"
  RMDir "$INSTDIR" ; goes only when it is empty
  Delete "$SMPROGRAMS\\{TITLE}.lnk"
{_no_types()}  DeleteRegKey SHCTX "{_KEY}"
  ${{GetParameters}} $2
  ClearErrors
  ${{GetOptions}} $2 "/PURGE" $0
  ${{IfNot}} ${{Errors}} ; asked for by name: the data of the user who runs this
    SetShellVarContext current
    RMDir /r "$LOCALAPPDATA\\{TITLE}"
  ${{EndIf}}
SectionEnd
"""


def script(folder: Path) -> str:
    """Return the instructions for a finished folder; makensis is told TARGET, OUT, ICON and, for one only tried, QUICK."""
    files = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    places = sorted({parent for file in files for parent in file.parents} - {PurePath()}, reverse=True)
    kilobytes = sum(-(-(folder / file).stat().st_size // 1024) for file in files)
    lay, last = list[str](), None
    for file in sorted(files, key=lambda each: (each.parent, each.name)):
        if file.parent != last:
            lay.append(f'  SetOutPath "{_inside(file.parent)}"\n')
            last = file.parent
        lay.append(f'  File "{folder / file}"\n')
    take = [f'  Delete "{_inside(file)}"\n' for file in files] + [f'  RMDir "{_inside(place)}"\n' for place in places]
    parts = (_HEAD, *lay, _MIDDLE.replace("@KILOBYTES@", str(kilobytes)), *take, _END)
    return "".join(parts)


def _inside(path: PurePath) -> str:
    """Return where a file of the folder lies on the user's computer."""
    return "\\".join(("$INSTDIR", *map(_safe, path.parts)))


def _safe(text: str) -> str:
    return text.replace("$", "$$").replace('"', '$\\"')
