# NOT TESTED: nobody has run this on Windows yet.
#
# Does the same as cron.sh, with the Task Scheduler of Windows Server 2019 or newer, which contains curl.exe. Run it every ten
# minutes, as a user who can write only into the two folders:
#
#   schtasks /Create /TN dagbok /SC MINUTE /MO 10 /RU dagbok /TR "powershell -NoProfile -File C:\dagbok\iis-task.ps1"

# EDIT: the URL of the feed, not one that redirects; the file that IIS serves; a folder on the same disk
$address = 'https://dagbok.example/feed.xml'
$copy = 'C:\inetpub\wwwroot\dagbok.xml'
$new = 'C:\dagbok\new.xml'

$maxBytes = 5000000
$ErrorActionPreference = 'Stop'

function Stop-Here($problem) {
    Remove-Item -Force -ErrorAction SilentlyContinue $new
    [Console]::Error.WriteLine("${address}: $problem. The copy stays as it is.")
    exit 1
}

# curl.exe before 8.4 applies --max-filesize only if the response has a Content-Length. --max-time limits all other responses.
$status = & curl.exe --disable --silent --show-error --globoff --max-time 30 --connect-timeout 5 --proto '=http,https' `
    --max-filesize $maxBytes --user-agent 'diary-feed relay' --output $new --write-out '%{http_code}' $address
if ($LASTEXITCODE -ne 0) { Stop-Here 'nothing came, not all of it, or too much' }
if ($status -ne '200') { Stop-Here "it answered $status" }
if ((Get-Item $new).Length -gt $maxBytes) { Stop-Here "it is larger than $maxBytes bytes" }

# A feed starts and ends with its root element. The zero bytes of UTF-16 are removed before the check.
$text = [IO.File]::ReadAllText($new, [Text.Encoding]::GetEncoding(28591)).Replace("`0", '')
$root = '(?:rss|(?:[\w.-]+:)?feed|rdf:RDF)'
if ($text.Substring(0, [Math]::Min(4096, $text.Length)) -notmatch "<$root[\s>]") { Stop-Here 'it is not a feed' }
if ($text.Substring([Math]::Max(0, $text.Length - 4096)) -notmatch "</$root\s*>") { Stop-Here 'it is not a whole feed' }

Move-Item -Force $new $copy
