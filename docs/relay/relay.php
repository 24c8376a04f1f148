<?php
/*
 * A relay for one feed: PHP fetches it, keeps it, and serves it at the URL of this file, such as /dagbok.php.
 * Requires PHP 7.4 or newer, and no libraries. It uses the extension curl, or PHP's streams if curl is missing.
 * What it does, and why, is in docs/relay/design.md of diary-feed.
 */

// EDIT: the URL of the feed, not one that redirects
const ADDRESS = 'https://dagbok.example/feed.xml';

// EDIT: a folder that PHP can write to, outside of the document root. It is created if it doesn't exist. This value is
// right if relay.php is in the document root.
const FOLDER = __DIR__ . '/../dagbok-cache';

// EDIT: '*' allows pages on other origins
const OTHER_ORIGINS = '';

const FRESH = 600; // seconds: lifetime of a copy
const RETRY = 30; // seconds: pause after a failure
const TIMEOUT = 8; // seconds for a complete request
const MAX_BYTES = 5000000;

ini_set('default_charset', ''); // otherwise, PHP adds charset=utf-8 to text
ini_set('display_errors', '0');
ignore_user_abort(true);
set_time_limit(60);
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
if (!is_dir(FOLDER) && !@mkdir(FOLDER, 0700) && !is_dir(FOLDER)) {
    error_log('relay.php: ' . FOLDER . ' cannot be made.');
    refuse(503, 'There is no place for the copy.');
}
if (isShown()) {
    error_log('relay.php: ' . FOLDER . ' is within what the web server shows; a copy there could be opened as a page.');
    refuse(503, 'There is no place for the copy.');
}
if (isDue()) {
    refreshOnce();
}
$copy = readCopy();
if ($copy === null) {
    refuse(503, 'The host of the feed gave no feed, and there is no copy.');
}
handOn($copy);

/** Returns whether the folder of the copy is in the document root, which would serve the copy without the headers above. */
function isShown(): bool
{
    $shown = realpath($_SERVER['DOCUMENT_ROOT'] ?: '/nowhere');
    return $shown !== false && strpos(realpath(FOLDER) . '/', "$shown/") === 0;
}

/** Returns whether the copy is old, and the pause after a failure is over. */
function isDue(): bool
{
    clearstatcache();
    $age = fn(string $name): int => is_file(FOLDER . "/$name") ? time() - filemtime(FOLDER . "/$name") : PHP_INT_MAX;
    return $age('copy') >= FRESH && $age('failure') >= RETRY;
}

/** One request fetches the feed. The others get the old copy. Without one, they wait. */
function refreshOnce(): void
{
    $lock = @fopen(FOLDER . '/lock', 'c');
    if (!$lock) {
        error_log('relay.php: ' . FOLDER . ' cannot be written to.');
        refuse(503, 'There is no place for the copy.');
    }
    if (!flock($lock, LOCK_EX | LOCK_NB)) {
        if (is_file(FOLDER . '/copy')) {
            return;
        }
        flock($lock, LOCK_EX);
    }
    if (isDue()) { // another request may have fetched it in the meantime
        $problem = refresh();
        if ($problem === null) {
            @unlink(FOLDER . '/failure');
        } else {
            error_log('relay.php: ' . ADDRESS . ": $problem. The copy stays as it is.");
            touch(FOLDER . '/failure');
        }
    }
    fclose($lock);
}

/** Fetches the feed and keeps it. Returns a description of the failure, or null. */
function refresh(): ?string
{
    $held = readCopy();
    $headers = [
        'Accept: application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.1',
        'User-Agent: diary-feed relay',
    ];
    if (isset($held['source']['etag'])) {
        $headers[] = 'If-None-Match: ' . $held['source']['etag'];
    }
    if (isset($held['source']['last-modified'])) {
        $headers[] = 'If-Modified-Since: ' . $held['source']['last-modified'];
    }
    $answer = function_exists('curl_init') ? fetchByCurl($headers) : fetchByPhp($headers);
    if (is_string($answer)) {
        return $answer;
    }
    if ($answer['status'] === 304 && $held !== null) {
        touch(FOLDER . '/copy');
        return null;
    }
    if ($answer['status'] >= 300 && $answer['status'] < 400) {
        return "it redirects ({$answer['status']}); find the last address with curl -sIL, and write that into ADDRESS";
    }
    if ($answer['status'] !== 200) {
        return "it answered {$answer['status']}";
    }
    if (!isWholeFeed($answer['body'])) {
        return 'it is not a feed, or not a whole one';
    }
    return keep($answer);
}

/** A feed starts and ends with its root element. The zero bytes of UTF-16 are removed before the check. */
function isWholeFeed(string $body): bool
{
    $root = '(?:rss|(?:[\w.-]+:)?feed|rdf:RDF)';
    $start = str_replace("\0", '', substr($body, 0, 4096));
    $end = str_replace("\0", '', substr($body, -4096));
    return preg_match("/<$root(?=[\s>])/i", $start) === 1 && preg_match("/<\/$root\s*>/i", $end) === 1;
}

/** @return array{status: int, headers: array<string, string>, body: string}|string The response, or a description of the failure. */
function fetchByCurl(array $headers)
{
    $answer = ['status' => 0, 'headers' => [], 'body' => ''];
    $isTooLarge = false;
    $curl = curl_init(ADDRESS);
    curl_setopt_array($curl, [
        CURLOPT_PROTOCOLS => CURLPROTO_HTTP | CURLPROTO_HTTPS,
        CURLOPT_FOLLOWLOCATION => false,
        CURLOPT_ENCODING => '', // any compression; the limit applies to decompressed bytes
        CURLOPT_HTTPHEADER => $headers,
        CURLOPT_CONNECTTIMEOUT => min(5, TIMEOUT),
        CURLOPT_TIMEOUT => TIMEOUT,
        CURLOPT_HEADERFUNCTION => function ($curl, $line) use (&$answer) {
            addHeader($answer['headers'], $line);
            return strlen($line);
        },
        CURLOPT_WRITEFUNCTION => function ($curl, $piece) use (&$answer, &$isTooLarge) {
            $isTooLarge = strlen($answer['body']) + strlen($piece) > MAX_BYTES;
            $answer['body'] .= $isTooLarge ? '' : $piece;
            return $isTooLarge ? -1 : strlen($piece); // a wrong number aborts the request
        },
    ]);
    $isDone = curl_exec($curl);
    $answer['status'] = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
    if ($isTooLarge) {
        return 'it is larger than ' . MAX_BYTES . ' bytes';
    }
    return $isDone ? $answer : curl_error($curl);
}

/** As fetchByCurl. Its timeout starts again for the connection and for each line of the headers. */
function fetchByPhp(array $headers)
{
    $end = microtime(true) + TIMEOUT;
    $stream = @fopen(ADDRESS, 'r', false, stream_context_create([
        'http' => [
            'header' => [...$headers, 'Connection: close'],
            'protocol_version' => 1.1,
            'follow_location' => 0,
            'ignore_errors' => true,
            'timeout' => TIMEOUT,
        ],
    ]));
    if (!$stream) {
        return error_get_last()['message'] ?? 'it cannot be reached';
    }
    $answer = ['status' => 0, 'headers' => [], 'body' => ''];
    foreach (stream_get_meta_data($stream)['wrapper_data'] as $line) {
        if (preg_match('/^HTTP\/\S+ (\d{3})/', $line, $match)) {
            $answer['status'] = (int) $match[1];
        }
        addHeader($answer['headers'], $line);
    }
    stream_set_blocking($stream, false);
    while (!feof($stream)) {
        if (microtime(true) > $end) {
            return 'it did not come in full within ' . TIMEOUT . ' seconds';
        }
        $piece = (string) fread($stream, 65536);
        if ($piece === '') {
            usleep(10000);
        }
        $answer['body'] .= $piece;
        if (strlen($answer['body']) > MAX_BYTES) {
            return 'it is larger than ' . MAX_BYTES . ' bytes';
        }
    }
    $length = $answer['headers']['content-length'] ?? null;
    return $length === null || (int) $length === strlen($answer['body']) ? $answer : 'it broke off';
}

function addHeader(array &$headers, string $line): void
{
    $parts = explode(':', $line, 2);
    if (count($parts) === 2) {
        $headers[strtolower(trim($parts[0]))] = trim($parts[1]);
    }
}

/** Replaces the copy atomically: one line about the feed, then the feed. */
function keep(array $answer): ?string
{
    $type = $answer['headers']['content-type'] ?? '';
    $charset = preg_match('/;\s*charset\s*=\s*(?:["\']\s*)?([\w.:-]+)/i', $type, $match) ? "; charset=$match[1]" : '';
    $about = json_encode([
        'type' => "text/plain$charset", // browsers don't run text
        'etag' => substr(hash('sha256', $charset . $answer['body']), 0, 32),
        'source' => array_intersect_key($answer['headers'], ['etag' => 1, 'last-modified' => 1]),
    ], JSON_INVALID_UTF8_SUBSTITUTE);
    $new = FOLDER . '/new';
    $content = "$about\n{$answer['body']}";
    $isKept = @file_put_contents($new, $content) === strlen($content) && rename($new, FOLDER . '/copy');
    return $isKept ? null : 'the copy cannot be written';
}

function readCopy(): ?array
{
    $parts = explode("\n", (string) @file_get_contents(FOLDER . '/copy'), 2);
    $about = json_decode($parts[0], true);
    return isset($about['type'], $parts[1]) ? $about + ['body' => $parts[1]] : null;
}

function handOn(array $copy): void
{
    header("Content-Type: {$copy['type']}");
    header('Cache-Control: public, max-age=300');
    header("ETag: \"{$copy['etag']}\"");
    if (strpos($_SERVER['HTTP_IF_NONE_MATCH'] ?? '', $copy['etag']) !== false) {
        http_response_code(304);
        return;
    }
    header('Content-Length: ' . strlen($copy['body']));
    echo $copy['body'];
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
