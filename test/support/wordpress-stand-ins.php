<?php
/*
 * Replacements for the functions of WordPress that docs/relay/wordpress.php calls: options and transients are files in FOLDER;
 * a request reads an option once until wp_cache_delete; a response is cut at limit_response_size. wp_safe_remote_get rejects no
 * URL here.
 */

function path_of(string $name): string
{
    return getenv('FOLDER') . '/' . rawurlencode($name);
}

function add_action(string $hook, callable $callback, int $priority = 10): void
{
    $GLOBALS['actions'][$hook] = $callback;
}

function add_shortcode(string $tag, callable $callback): void {}

function home_url(string $path, string $scheme): string
{
    return $path;
}

function get_option(string $name)
{
    if (!array_key_exists($name, $GLOBALS['read'] ?? [])) {
        $content = @file_get_contents(path_of($name));
        $GLOBALS['read'][$name] = $content === false ? false : unserialize($content);
    }
    return $GLOBALS['read'][$name];
}

function update_option(string $name, $value, bool $autoload): void
{
    $new = path_of("$name." . getmypid());
    file_put_contents($new, serialize($value));
    rename($new, path_of($name));
    $GLOBALS['read'][$name] = $value;
}

function get_transient(string $name)
{
    $end = get_option("_transient_timeout_$name");
    return $end === false || $end < time() ? false : get_option("_transient_$name");
}

function set_transient(string $name, $value, int $seconds): void
{
    update_option("_transient_timeout_$name", time() + $seconds, false);
    update_option("_transient_$name", $value, false);
}

function wp_cache_delete(string $name, string $group): void
{
    unset($GLOBALS['read'][$name]);
}

class WP_Error
{
    public string $message;

    public function __construct(string $message)
    {
        $this->message = $message;
    }

    public function get_error_message(): string
    {
        return $this->message;
    }
}

function is_wp_error($thing): bool
{
    return $thing instanceof WP_Error;
}

function wp_safe_remote_get(string $url, array $args)
{
    $response = ['headers' => [], 'body' => '', 'code' => 0];
    $limit = $args['limit_response_size'];
    $curl = curl_init($url);
    ($GLOBALS['actions']['http_api_curl'] ?? fn() => null)($curl);
    curl_setopt_array($curl, [
        CURLOPT_FOLLOWLOCATION => $args['redirection'] > 0,
        CURLOPT_TIMEOUT => $args['timeout'],
        CURLOPT_ENCODING => '',
        CURLOPT_USERAGENT => $args['user-agent'],
        CURLOPT_HTTPHEADER => array_map(fn($name) => "$name: {$args['headers'][$name]}", array_keys($args['headers'])),
        CURLOPT_HEADERFUNCTION => function ($curl, $line) use (&$response) {
            $parts = explode(':', $line, 2);
            if (count($parts) === 2) {
                $response['headers'][strtolower(trim($parts[0]))] = trim($parts[1]);
            }
            return strlen($line);
        },
        CURLOPT_WRITEFUNCTION => function ($curl, $piece) use (&$response, $limit) {
            $response['body'] = substr($response['body'] . $piece, 0, $limit);
            return strlen($piece);
        },
    ]);
    $isDone = curl_exec($curl);
    $response['code'] = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
    return $isDone ? $response : new WP_Error(curl_error($curl));
}

function wp_remote_retrieve_response_code(array $response): int
{
    return $response['code'];
}

function wp_remote_retrieve_body($response): string
{
    return is_wp_error($response) ? '' : $response['body'];
}

function wp_remote_retrieve_header(array $response, string $name)
{
    return $response['headers'][$name] ?? '';
}

require getenv('FOLDER') . '/wordpress.php';
$GLOBALS['actions']['init']();
http_response_code(404);
