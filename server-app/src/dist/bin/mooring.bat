@echo off
rem Starts Mooring on a JDK 21 or later, found on this machine. Further JVM options: MOORING_JAVA_OPTS.
setlocal EnableExtensions DisableDelayedExpansion

set "MOORING_HOME=%~dp0.."
set "FOUND_HOME="
set "FOUND_VERSION=0"

if defined JAVA_HOME call :take "%JAVA_HOME%"
if %FOUND_VERSION% GEQ 21 goto found
for /f "delims=" %%J in ('where java 2^>nul') do call :take "%%~dpJ.."
if %FOUND_VERSION% GEQ 21 goto found
for %%P in (
  "%ProgramFiles%\Eclipse Adoptium"
  "%ProgramFiles%\Java"
  "%ProgramFiles%\Microsoft"
  "%ProgramFiles%\Amazon Corretto"
  "%ProgramFiles%\Zulu"
  "%ProgramFiles%\BellSoft"
  "%USERPROFILE%\.jdks"
) do if exist "%%~P" for /d %%J in ("%%~P\*") do call :take "%%~J"
if %FOUND_VERSION% GEQ 21 goto found

echo mooring: no JDK 21 or later found. Install one, or set JAVA_HOME to the folder of one. 1>&2
echo mooring: looked at JAVA_HOME, PATH, and the usual folders in %ProgramFiles%. 1>&2
exit /b 69

:found
rem The JVM's own warnings go to stderr: stdout belongs to the protocol.
set "OPTIONS=-Xlog:disable -Xlog:all=warning:stderr -Dguice_custom_class_loading=CHILD"
rem Netty loads native code and uses Unsafe; later JDKs warn about both unless they are told that it is meant.
if %FOUND_VERSION% GEQ 22 set "OPTIONS=%OPTIONS% --enable-native-access=ALL-UNNAMED"
if %FOUND_VERSION% GEQ 23 set "OPTIONS=%OPTIONS% --sun-misc-unsafe-memory-access=allow"
if %FOUND_VERSION% GEQ 25 set "OPTIONS=%OPTIONS% -XX:+UseCompactObjectHeaders"
if /i "%~1"=="stdio" set "OPTIONS=%OPTIONS% -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"

"%FOUND_HOME%\bin\java.exe" %OPTIONS% %MOORING_JAVA_OPTS% "-Dmooring.home=%MOORING_HOME%" -cp "%MOORING_HOME%\lib\*" dev.mooring.app.Main %*
exit /b %ERRORLEVEL%

rem Takes a folder if it holds a JDK newer than the one found so far. Reads its release file, as running java takes time.
:take
if not exist "%~1\bin\java.exe" exit /b
if not exist "%~1\release" exit /b
set "VERSION="
for /f "usebackq tokens=2 delims==" %%V in (`findstr /b "JAVA_VERSION=" "%~1\release"`) do set "VERSION=%%~V"
if not defined VERSION exit /b
for /f "tokens=1 delims=.-+" %%V in ("%VERSION%") do set "VERSION=%%V"
if %VERSION% LSS 21 exit /b
if %VERSION% LEQ %FOUND_VERSION% exit /b
set "FOUND_HOME=%~1"
set "FOUND_VERSION=%VERSION%"
exit /b
