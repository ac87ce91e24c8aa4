; Inno Setup: iscc packaging\spp-desktop.iss, after PyInstaller has made dist\spp-desktop.
; Installs for one person, without an administrator's password.

[Setup]
AppId={{6B4F6C0E-7A4D-4B57-9C0A-5D2B8C1E0F31}
AppName=SPP Desktop
AppVersion=0.1.0
AppPublisher=SPP Desktop contributors
DefaultDirName={autopf}\SPP Desktop
DefaultGroupName=SPP Desktop
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
LicenseFile=..\LICENSE
OutputDir=..\dist
OutputBaseFilename=spp-desktop-0.1.0-setup
ChangesAssociations=yes

[Files]
Source: "..\dist\spp-desktop\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\SPP Desktop"; Filename: "{app}\spp-desktop.exe"

[Registry]
Root: HKA; Subkey: "Software\Classes\.plan\OpenWithProgids"; ValueType: string; ValueName: "SPPDesktop.Plan"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\SPPDesktop.Plan"; ValueType: string; ValueData: "Policing plan"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\SPPDesktop.Plan\shell\open\command"; ValueType: string; ValueData: """{app}\spp-desktop.exe"" ""%1"""
