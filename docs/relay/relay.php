<?php
/*
 * A relay for one feed: PHP fetches it, keeps it, and hands it on under this file's own address, such as /dagbok.php.
 * Written for PHP 7.4 and newer, without any library; it fetches by the extension curl, and without that by PHP itself.
 * What it does and does not do is told in README.md beside this file.
 */

// EDIT: the feed's own address, to which nothing redirects
const ADDRESS = 'https://dagbok.example/feed.xml';

// EDIT: a folder that PHP can write to, outside of what the web server shows, which is made where it is not there. This is
// right where relay.php stands in the uppermost folder that is shown.
const FOLDER = __DIR__ . '/../dagbok-cache';

// EDIT for pages on other origins too: '*'
const OTHER_ORIGINS = '';

const FRESH = 600; // seconds that a copy counts as new
const RETRY = 30; // seconds that the feed's host is left alone after a failure
const TIMEOUT = 8; // seconds for one request, all of it
const MAX_BYTES = 5000000;

ini_set('default_charset', ''); // PHP would say utf-8 of any text that tells nothing else
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

/** Whether the web server shows the folder of the copy, where none of the headers above would lock it in. */
function isShown(): bool
{
    $shown = realpath($_SERVER['DOCUMENT_ROOT'] ?: '/nowhere');
    return $shown !== false && strpos(realpath(FOLDER) . '/', "$shown/") === 0;
}

/** Whether it is time to ask the feed's host. */
function isDue(): bool
{
    clearstatcache();
    $age = fn(string $name): int => is_file(FOLDER . "/$name") ? time() - filemtime(FOLDER . "/$name") : PHP_INT_MAX;
    return $age('copy') >= FRESH && $age('failure') >= RETRY;
}

/** One visitor's request asks; the others get the copy that there is, or wait where there is none. */
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
    if (isDue()) { // somebody else may have asked meanwhile
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

/** Asks for a newer feed and keeps it; gives what is wrong, or null. */
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

/** A feed begins with its root and ends with it. UTF-16 is read without its zeros. */
function isWholeFeed(string $body): bool
{
    $root = '(?:rss|(?:[\w.-]+:)?feed|rdf:RDF)';
    $start = str_replace("\0", '', substr($body, 0, 4096));
    $end = str_replace("\0", '', substr($body, -4096));
    return preg_match("/<$root(?=[\s>])/i", $start) === 1 && preg_match("/<\/$root\s*>/i", $end) === 1;
}

/** @return array{status: int, headers: array<string, string>, body: string}|string The answer, or what went wrong. */
function fetchByCurl(array $headers)
{
    $answer = ['status' => 0, 'headers' => [], 'body' => ''];
    $isTooLarge = false;
    $curl = curl_init(ADDRESS);
    curl_setopt_array($curl, [
        CURLOPT_PROTOCOLS => CURLPROTO_HTTP | CURLPROTO_HTTPS,
        CURLOPT_FOLLOWLOCATION => false,
        CURLOPT_ENCODING => '', // compressed, if the host likes; what is counted is unpacked
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
            return $isTooLarge ? -1 : strlen($piece); // another number than there were ends it
        },
    ]);
    $isDone = curl_exec($curl);
    $answer['status'] = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
    if ($isTooLarge) {
        return 'it is larger than ' . MAX_BYTES . ' bytes';
    }
    return $isDone ? $answer : curl_error($curl);
}

/** As fetchByCurl. Its limit of time counts anew for the connection and for each line of the head. */
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

/** A file that is whole at any moment: a line about the feed, and the feed. */
function keep(array $answer): ?string
{
    $type = $answer['headers']['content-type'] ?? '';
    $charset = preg_match('/;\s*charset\s*=\s*(?:["\']\s*)?([\w.:-]+)/i', $type, $match) ? "; charset=$match[1]" : '';
    $about = json_encode([
        'type' => "text/plain$charset", // text, which no browser runs
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
