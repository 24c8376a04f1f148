<?php
/*
 * Plugin Name: Relay for one feed
 * Description: Fetches one feed, keeps it, and serves it at /dagbok.xml of this site. Editors show its entries with a shortcode:
 *   [diary-feed heading="Kommunchefens dagbok" show="date summary"]Läs dagboken[/diary-feed]
 *
 * Put the file into wp-content/mu-plugins/, and create that folder if it doesn't exist. You don't need to activate it.
 * Requires PHP 7.4 and WordPress 5.1, or newer. A plugin that caches pages must exclude /dagbok.xml.
 * What it does, and why, is in docs/relay/design.md of diary-feed.
 */

namespace DiaryFeedRelay;

// EDIT: the URL of the feed, not one that redirects; and its path on this site
const ADDRESS = 'https://dagbok.example/feed.xml';
const PATH = '/dagbok.xml';

// EDIT, for the shortcode: the page of the diary ('' is the first page of the feed's host), and the script on this site
const DIARY = '';
const SCRIPT = '/wp-content/uploads/diary-feed.min.js';

// EDIT: '*' allows pages on other origins
const OTHER_ORIGINS = '';

const FRESH = 600; // seconds: lifetime of a copy
const RETRY = 30; // seconds: pause after a failure
const TIMEOUT = 8; // seconds for one request
const MAX_BYTES = 5000000;
const MAX_INLINE_BYTES = 100000; // a longer feed isn't part of the page: visitors' browsers request it

/** Attributes that the shortcode accepts. */
const ATTRIBUTES = 'src limit more heading heading-level show summary-length expand sort group category match exclude since ' .
    'date-style time-zone feed-lang new-for stale-after fallback-image feed-link link-target loading timeout lang';

if (function_exists('add_action')) {
    \add_action('init', __NAMESPACE__ . '\answer', 0);
    \add_shortcode('diary-feed', __NAMESPACE__ . '\writeElement');
}

function answer(): void
{
    $asked = explode('?', $_SERVER['REQUEST_URI'] ?? '', 2)[0];
    if ($asked !== \home_url(PATH, 'relative')) {
        return;
    }
    ini_set('default_charset', ''); // otherwise, PHP adds charset=utf-8 to text
    ini_set('display_errors', '0');
    ignore_user_abort(true);
    header_remove('X-Powered-By');
    header('X-Content-Type-Options: nosniff');
    header("Content-Security-Policy: sandbox; default-src 'none'");
    if (OTHER_ORIGINS !== '') {
        header('Access-Control-Allow-Origin: ' . OTHER_ORIGINS);
        header('Access-Control-Expose-Headers: Retry-After');
    }
    if (!in_array($_SERVER['REQUEST_METHOD'], ['GET', 'HEAD'], true)) {
        refuse(405, 'Only GET and HEAD are answered.');
    }
    if (!isAskedLately()) {
        refreshOnce();
    }
    $copy = readCopy();
    if ($copy === null) {
        refuse(503, 'The host of the feed gave no feed, and there is no copy.');
    }
    handOn($copy);
    exit;
}

/** The transient exists during the pause after a failure. */
function isAskedLately(): bool
{
    return \get_transient('diary_feed_relay') !== false;
}

/** One request fetches the feed. The others get the old copy. Without one, they wait. */
function refreshOnce(): void
{
    $lock = fopen(__FILE__, 'r');
    if (!flock($lock, LOCK_EX | LOCK_NB)) {
        if (readCopy() !== null) {
            return;
        }
        flock($lock, LOCK_EX);
        // another request has fetched it in the meantime, so cached database values are old
        \wp_cache_delete('alloptions', 'options');
        \wp_cache_delete('notoptions', 'options');
        foreach (['_transient_diary_feed_relay', '_transient_timeout_diary_feed_relay', 'diary_feed_relay'] as $name) {
            \wp_cache_delete($name, 'options');
        }
    }
    if (!isAskedLately()) {
        $problem = refresh();
        if ($problem !== null) {
            error_log('diary-feed relay: ' . ADDRESS . ": $problem. The copy stays as it is.");
        }
        \set_transient('diary_feed_relay', 1, $problem === null ? FRESH : RETRY);
    }
    fclose($lock);
}

/** Fetches the feed and keeps it. Returns a description of the failure, or null. */
function refresh(): ?string
{
    $held = readCopy();
    $headers = ['Accept' => 'application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.1'];
    if ($held !== null && $held['source_etag'] !== '') {
        $headers['If-None-Match'] = $held['source_etag'];
    }
    if ($held !== null && $held['source_date'] !== '') {
        $headers['If-Modified-Since'] = $held['source_date'];
    }
    // limit_response_size cuts a longer response, but WordPress would read it to its end
    $isTooLarge = false;
    \add_action('http_api_curl', function ($curl) use (&$isTooLarge) {
        curl_setopt($curl, CURLOPT_NOPROGRESS, false);
        curl_setopt($curl, CURLOPT_PROGRESSFUNCTION, function ($curl, $total, $loaded) use (&$isTooLarge) {
            $isTooLarge = $loaded > MAX_BYTES;
            return (int) $isTooLarge;
        });
    });
    // rejects URLs in the internal network; use wp_remote_get for a feed there
    $response = \wp_safe_remote_get(ADDRESS, [
        'headers' => $headers,
        'user-agent' => 'diary-feed relay',
        'redirection' => 0,
        'timeout' => TIMEOUT,
        'limit_response_size' => MAX_BYTES + 1,
    ]);
    $body = \wp_remote_retrieve_body($response);
    if ($isTooLarge || strlen($body) > MAX_BYTES) {
        return 'it is larger than ' . MAX_BYTES . ' bytes';
    }
    if (\is_wp_error($response)) {
        return $response->get_error_message();
    }
    $status = (int) \wp_remote_retrieve_response_code($response);
    if ($status === 304 && $held !== null) {
        return null;
    }
    if ($status >= 300 && $status < 400) {
        return "it redirects ($status); find the last address with curl -sIL, and write that into ADDRESS";
    }
    if ($status !== 200) {
        return "it answered $status";
    }
    if (!isWholeFeed($body)) {
        return 'it is not a feed, or not a whole one';
    }
    $header = fn(string $name): string => implode((array) \wp_remote_retrieve_header($response, $name));
    $type = $header('content-type');
    $charset = preg_match('/;\s*charset\s*=\s*(?:["\']\s*)?([\w.:-]+)/i', $type, $match) ? "; charset=$match[1]" : '';
    \update_option('diary_feed_relay', [
        'type' => "text/plain$charset", // browsers don't run text
        'etag' => substr(hash('sha256', $charset . $body), 0, 32),
        'source_etag' => $header('etag'),
        'source_date' => $header('last-modified'),
        'body' => base64_encode($body), // the database would drop bytes that aren't UTF-8
    ], false);
    return null;
}

/** A feed starts and ends with its root element. The zero bytes of UTF-16 are removed before the check. */
function isWholeFeed(string $body): bool
{
    $root = '(?:rss|(?:[\w.-]+:)?feed|rdf:RDF)';
    $start = str_replace("\0", '', substr($body, 0, 4096));
    $end = str_replace("\0", '', substr($body, -4096));
    return preg_match("/<$root(?=[\s>])/i", $start) === 1 && preg_match("/<\/$root\s*>/i", $end) === 1;
}

function readCopy(): ?array
{
    $copy = \get_option('diary_feed_relay');
    return is_array($copy) ? $copy : null;
}

function handOn(array $copy): void
{
    $body = base64_decode($copy['body']);
    header("Content-Type: {$copy['type']}");
    header('Cache-Control: public, max-age=300');
    header("ETag: \"{$copy['etag']}\"");
    if (strpos($_SERVER['HTTP_IF_NONE_MATCH'] ?? '', $copy['etag']) !== false) {
        http_response_code(304);
        return;
    }
    header('Content-Length: ' . strlen($body));
    echo $body;
}

function refuse(int $status, string $text): void
{
    http_response_code($status);
    header('Content-Type: text/plain; charset=utf-8');
    header('Cache-Control: no-store');
    if ($status === 503) {
        header('Retry-After: ' . RETRY);
    }
    exit("$text\n");
}

/** Returns the HTML of the shortcode: the element with a link to the diary and, if the copy is fresh, with the feed itself. */
function writeElement($attributes, $content = ''): string
{
    \wp_enqueue_script('diary-feed', \home_url(SCRIPT), [], null, true);
    $path = \home_url(PATH, 'relative');
    $all = ['src' => $path];
    foreach ((array) $attributes as $name => $value) {
        [$name, $value] = is_int($name) ? [$value, ''] : [$name, $value]; // [diary-feed expand]
        if (in_array($name, explode(' ', ATTRIBUTES), true)) {
            $all[$name] = $value;
        }
    }
    $html = '<diary-feed';
    foreach ($all as $name => $value) {
        $html .= " $name=\"" . \esc_attr($value) . '"';
    }
    $diary = DIARY ?: preg_replace('~(?<=[^:/]/).*~', '', ADDRESS);
    $text = trim(\wp_strip_all_tags((string) $content)) ?: $diary;
    $html .= '><a href="' . \esc_url($diary) . '">' . \esc_html($text) . '</a>';
    if ($all['src'] === $path) {
        $html .= inlineFeed();
    }
    return "$html</diary-feed>";
}

/** Returns the feed as a script element that browsers don't run; '' if the copy is old, long, or not in UTF-8. */
function inlineFeed(): string
{
    $copy = isAskedLately() ? readCopy() : null;
    $feed = $copy === null ? '' : base64_decode($copy['body']);
    if ($feed === '' || strlen($feed) > MAX_INLINE_BYTES || preg_match('//u', $feed) !== 1) {
        return '';
    }
    // WordPress changes the end of CDATA sections and images in them, so they become escaped text
    $escape = fn(array $match): string => htmlspecialchars($match[1], ENT_NOQUOTES | ENT_XML1, 'UTF-8');
    $feed = preg_replace_callback('~<!\[CDATA\[(.*?)\]\]>~s', $escape, $feed);
    $feed = preg_replace('~<(?=/?script)~i', '&lt;', (string) $feed); // otherwise, it could end the script element
    return "<script type=\"application/rss+xml\" slot=\"feed\">$feed</script>";
}
