#!/bin/sh
# A relay for one feed: writes it into a file that your web server serves. Visitors never cause a request.
# Requires a POSIX shell and curl, and iconv if only the header contains the charset of the feed. Run it as a user who owns only
# the folder:
#
#   useradd --system dagbok && install -d -o dagbok /var/cache/dagbok && install -m 755 cron.sh /usr/local/bin/dagbok.sh
#
# Either with cron: `crontab -u dagbok -e`, and this line:
#
#   */10 * * * * /usr/local/bin/dagbok.sh
#
# Or with systemd: these lines as /etc/systemd/system/dagbok.service and dagbok.timer, then `systemctl enable --now dagbok.timer`:
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
# Run it once as that user. If it prints nothing, there is a copy.
# Errors are written to standard error: cron sends them by mail, systemd writes them to its journal. The lines for the web
# server are in cron-nginx.conf, cron-apache.conf, Caddyfile and web.config.
set -eu

# EDIT: the URL of the feed, not one that redirects; and the folder of the copy
address='https://dagbok.example/feed.xml'
folder=/var/cache/dagbok

seconds=30
# five million bytes, in the 512-byte blocks of ulimit
blocks=9766

copy=$folder/dagbok.xml
new=$(mktemp "$folder/.new.XXXXXX")
trap 'rm -f "$new" "$new.utf-8"' EXIT

fail() {
  echo "$address: $1. The copy stays as it is." >&2
  exit 1
}

# ulimit stops curl also if the response has no Content-Length
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

# A feed starts and ends with its root element. The zero bytes of UTF-16 are removed before the check.
head -c 4096 "$new" | tr -d '\000' | LC_ALL=C grep -Eaiq '<(rss|([a-z0-9_.-]+:)?feed|rdf:RDF)([[:space:]>]|$)' \
  || fail 'it is not a feed'
tail -c 4096 "$new" | tr -d '\000' | LC_ALL=C grep -Eaiq '</(rss|([a-z0-9_.-]+:)?feed|rdf:RDF)[[:space:]]*>' \
  || fail 'it is not a whole feed'

# A file has no charset header. If the feed doesn't contain its charset, or contains a wrong one although it is UTF-8, the copy is
# converted to UTF-8 with a byte-order mark, which has precedence.
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

if cmp -s "$new" "$copy"; then exit 0; fi # keeps the time and ETag of the file
chmod 644 "$new"
mv -f "$new" "$copy"
