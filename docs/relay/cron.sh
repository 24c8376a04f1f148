#!/bin/sh
# A relay for one feed: fetches it into a file that your web server hands on as it is. No visitor ever causes a request.
# Needs a POSIX shell and curl, and iconv where only the header tells the feed's charset. It runs as a user who owns the folder and
# nothing else:
#
#   useradd --system dagbok && install -d -o dagbok /var/cache/dagbok && install -m 755 cron.sh /usr/local/bin/dagbok.sh
#
# Either by cron: `crontab -u dagbok -e`, and this line:
#
#   */10 * * * * /usr/local/bin/dagbok.sh
#
# Or by systemd: these lines as /etc/systemd/system/dagbok.service and dagbok.timer, then `systemctl enable --now dagbok.timer`:
#
#   [Service]
#   Type=oneshot
#   User=dagbok
#   ExecStart=/usr/local/bin/dagbok.sh
#
#   [Timer]
#   OnCalendar=*:0/10
#   RandomizedDelaySec=60
#   [Install]
#   WantedBy=timers.target
#
# Run it once at once, as that user: silence means that it went well, and there is a copy.
# What goes wrong is written to standard error, which cron sends by mail and systemd puts into its journal. The lines for the web
# server are in cron-nginx.conf, cron-apache.conf, Caddyfile and web.config.
set -eu

# EDIT: the feed's own address, to which nothing redirects; and where the copy is kept
address='https://dagbok.example/feed.xml'
folder=/var/cache/dagbok

seconds=30
# five million bytes, in the blocks of 512 that ulimit counts in
blocks=9766

copy=$folder/dagbok.xml
new=$(mktemp "$folder/.new.XXXXXX")
trap 'rm -f "$new" "$new.utf-8"' EXIT

fail() {
  echo "$address: $1. The copy stays as it is." >&2
  exit 1
}

# ulimit ends curl also where the feed's host does not tell the length before
answer=$(
  ulimit -c 0
  ulimit -f "$blocks"
  curl --disable --silent --show-error --globoff --compressed --max-time "$seconds" --connect-timeout 5 \
    --proto '=http,https' --user-agent 'diary-feed relay' \
    --header 'Accept: application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.1' \
    --output "$new" --write-out '%{http_code} %{content_type}' "$address"
) || fail 'nothing came, not all of it, or too much'

case $answer in
  '200 '*) ;;
  3*) fail "it redirects (${answer%% *}); find the last address with curl -sIL, and write that here" ;;
  *) fail "it answered ${answer%% *}" ;;
esac

# A feed begins with its root and ends with it. UTF-16 is read without its zeros.
head -c 4096 "$new" | tr -d '\000' | LC_ALL=C grep -Eaiq '<(rss|([a-z0-9_.-]+:)?feed|rdf:RDF)([[:space:]>]|$)' \
  || fail 'it is not a feed'
tail -c 4096 "$new" | tr -d '\000' | LC_ALL=C grep -Eaiq '</(rss|([a-z0-9_.-]+:)?feed|rdf:RDF)[[:space:]]*>' \
  || fail 'it is not a whole feed'

# A file cannot keep what stands in the header only. Where the feed does not tell its charset, or is UTF-8 and tells another, the copy
# is made UTF-8, and begins with the mark of that, which counts before all else.
charset=$(printf '%s' "$answer" | tr 'A-Z' 'a-z' | sed -n 's/.*charset *= *"\{0,1\}\([a-z0-9_.-]*\).*/\1/p')
told=$(head -c 1024 "$new" | tr -d '\000' | tr 'A-Z\n\r\t' 'a-z   ' \
  | LC_ALL=C sed -n "s/.*<?xml [^>]*encoding *= *[\"'] *\([a-z0-9_.-]*\).*/\1/p")
case $(head -c 2 "$new" | od -An -tx1 | tr -d ' '):$charset:$told in
  efbb:* | feff:* | fffe:* | 003c:* | 3c00:* | *::* | *:utf-8: | *:utf-8:utf-8) ;;
  *: | *:utf-8:*)
    case $charset in
      iso-8859-1 | us-ascii) from=windows-1252 ;; # as browsers read them
      *) from=$charset ;;
    esac
    if { printf '\357\273\277' && iconv -f "$from" -t utf-8 "$new"; } >"$new.utf-8" 2>/dev/null; then
      mv -f "$new.utf-8" "$new"
    else
      echo "$address: it is not in $charset, as its header tells, or iconv does not know that. It is kept as it came." >&2
    fi
    ;;
esac

if cmp -s "$new" "$copy"; then exit 0; fi # the same time and ETag for visitors
chmod 644 "$new"
mv -f "$new" "$copy"
