<?php
// A certificate library on another toolkit: PHP's SoapServer on the shipped contract.
//
// Served by "php -S"; each request is a process of its own, so what must be remembered lies in
// $FOLDER. The path says what the door wants: /plain, /digest or /x509. It reads our signatures with
// DOM and OpenSSL and knows nothing of our code.

ini_set('soap.wsdl_cache_enabled', '0');
date_default_timezone_set('UTC');

const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const WSU = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';
const DS = 'http://www.w3.org/2000/09/xmldsig#';
const SIZES = ['ZZ-60K' => 61440, 'ZZ-3M' => 3145728 + 17];

function refuse(string $code, string $message, bool $retryable = false, ?int $after = null): never
{
    $detail = ['code' => $code, 'message' => $message, 'retryable' => $retryable];
    if ($after !== null) {
        $detail['retryAfterSeconds'] = $after;
    }
    throw new SoapFault('Server', $message, null, (object) $detail, 'CertLibFault');
}

function kept(string $name): ?array
{
    $file = getenv('FOLDER') . '/' . hash('sha256', $name);
    return is_file($file) ? unserialize(file_get_contents($file)) : null;
}

function keep(string $name, array $what): void
{
    file_put_contents(getenv('FOLDER') . '/' . hash('sha256', $name), serialize($what));
}

final class Library
{
    private object $context;

    public function __construct(private string $raw, private string $door)
    {
    }

    public function CallContext(object $context): void
    {
        $this->context = $context;
    }

    public function Security(object $security): void
    {
        if ($this->door === '/digest') {
            $token = $security->UsernameToken;
            $nonce = base64_decode($token->Nonce);
            $digest = base64_encode(sha1($nonce . $token->Created . getenv('PASSWORD'), true));
            if ($token->Username !== 'window-03' || $digest !== $token->Password) {
                refuse('AUTHN_FAILED', 'digest');
            }
            if (kept("nonce $token->Nonce") !== null) {
                refuse('REPLAYED', 'nonce');
            }
            keep("nonce $token->Nonce", []);
        }
    }

    public function Ping(object $asked): array
    {
        $this->enter();
        return ['echo' => $asked->echo, 'serverTime' => gmdate('Y-m-d\TH:i:s\Z'), 'version' => 'PHP'];
    }

    public function VerifyUseCode(object $asked): array
    {
        return $this->once('VerifyUseCode', function () use ($asked) {
            if ($asked->useCode !== '9901-0001') {
                refuse('USECODE_INVALID', '亮证码无效');
            }
            return $this->leave() + [
                'holder' => ['name' => '张示例', 'idType' => '111', 'idNumber' => '990123198506120030'],
                'certificate' => [$this->certificate('ZZ-60K'), $this->certificate('ZZ-3M')],
            ];
        });
    }

    public function RequestAuthorization(object $asked): array
    {
        return $this->once('RequestAuthorization', fn () => $this->leave('PENDING'));
    }

    public function GetAuthorization(object $asked): array
    {
        return $this->once('GetAuthorization', function () use ($asked) {
            if ($asked->authorizationId !== 'SQ-1') {
                refuse('NOT_FOUND', '查无此授权');
            }
            return $this->leave();
        });
    }

    public function QueryCertificates(object $asked): array
    {
        return $this->once('QueryCertificates', function () use ($asked) {
            if ($asked->holder->idNumber === '990123198209010015') {
                refuse('BUSY', '请稍后', true, 7);
            }
            $all = array_keys(SIZES);
            $page = array_slice($all, ($asked->pageIndex - 1) * $asked->pageSize, $asked->pageSize);
            $found = ['totalCount' => count($all)];
            if ($page) {
                $found['certificate'] = array_map([$this, 'certificate'], $page);
            }
            return $found;
        });
    }

    public function FetchCertificateFile(object $asked): array
    {
        return $this->once('FetchCertificateFile', function () use ($asked) {
            $size = SIZES[$asked->certificateId] ?? null;
            if ($size === null) {
                refuse('NOT_FOUND', '查无此证照');
            }
            if ($asked->offset > $size || $asked->offset < 0) {
                refuse('INVALID_ARGUMENT', '分段超出文件范围');
            }
            if (($asked->ifFileVersion ?? '1') !== '1') {
                refuse('FILE_CHANGED', '证照文件已更新');
            }
            $line = "第 $asked->certificateId 行\n\0\xFF";
            $file = substr(str_repeat($line, intdiv($size, strlen($line)) + 1), 0, $size);
            $piece = substr($file, $asked->offset, $asked->maxBytes);
            return [
                'fileName' => '营业执照.pdf', 'format' => $asked->format, 'fileVersion' => '1',
                'totalSize' => $size, 'offset' => $asked->offset,
                'last' => $asked->offset + strlen($piece) === $size,
                'digestMethod' => 'SM3', 'digestValue' => openssl_digest($file, 'sm3'),
                'content' => $piece,
            ];
        });
    }

    public function ReportUse(object $asked): array
    {
        return $this->once('ReportUse', fn () => []);
    }

    public function GetReceipt(object $asked): array
    {
        $this->enter();
        $earlier = kept("message $asked->messageId");
        return $earlier === null ? [] : ['receipt' => $this->receipt($earlier, true)];
    }

    private function once(string $operation, callable $act): array
    {
        $this->enter();
        $id = $this->context->messageId;
        $document = new DOMDocument();
        $document->loadXML($this->raw);
        $body = $document->getElementsByTagNameNS('*', 'Body')->item(0)->firstElementChild->C14N(true);
        $earlier = kept("message $id");
        if ($earlier !== null && $earlier['body'] !== $body) {
            refuse('REPLAYED', '同一报文编号的内容不一致');
        }
        $answer = $act();
        $mine = $earlier ?? ['body' => $body, 'operation' => $operation, 'id' => $id];
        keep("message $id", $mine);
        return $answer + ['receipt' => $this->receipt($mine, $earlier !== null)];
    }

    private function receipt(array $kept, bool $replayed): array
    {
        return [
            'receiptId' => 'PHP-' . substr(hash('sha256', $kept['id']), 0, 12),
            'messageId' => $kept['id'], 'operation' => $kept['operation'],
            'serverTime' => gmdate('Y-m-d\TH:i:s\Z'), 'replayed' => $replayed,
        ];
    }

    private function leave(string $status = 'GRANTED'): array
    {
        return [
            'authorizationId' => 'SQ-1', 'status' => $status,
            'validUntil' => gmdate('Y-m-d\TH:i:s\Z', time() + 1800),
        ];
    }

    private function certificate(string $id): object
    {
        return (object) [
            'certificateId' => $id, 'certTypeCode' => 'T1', 'certTypeName' => '营业执照',
            'certNumber' => 'N-' . $id, 'holderName' => '张示例 & <示例>', 'issuerName' => '示例县局',
            'issuerCode' => '990123', 'issueDate' => '2025-10-20', 'validTo' => '2035-10-19',
            'status' => 'VALID', 'authorized' => true, 'formats' => ['PDF', 'OFD'],
            'field' => [(object) ['name' => '经营场所', 'value' => '清河镇演示路 8 号']],
        ];
    }

    private function enter(): void
    {
        if ($this->door !== '/plain' && !str_contains($this->raw, ':Security')) {
            refuse('AUTHN_FAILED', 'no header');
        }
        if ($this->door === '/x509') {
            $this->check_signature();
        }
    }

    private function check_signature(): void
    {
        $document = new DOMDocument();
        $document->loadXML($this->raw);
        $path = new DOMXPath($document);
        foreach (['s' => 'http://schemas.xmlsoap.org/soap/envelope/', 'w' => WSSE, 'u' => WSU, 'd' => DS] as $p => $n) {
            $path->registerNamespace($p, $n);
        }
        $security = $path->query('/s:Envelope/s:Header/w:Security')->item(0);
        $order = [];
        foreach ($security->childNodes as $child) {
            $order[] = $child->localName;
        }
        if ($order !== ['BinarySecurityToken', 'Timestamp', 'Signature']) {
            refuse('AUTHN_FAILED', 'order ' . implode(' ', $order));
        }
        $signed = [];
        foreach ($path->query('//d:Reference', $security) as $reference) {
            $id = substr($reference->getAttribute('URI'), 1);
            $element = $path->query("//*[@u:Id='$id']")->item(0);
            $digest = base64_encode(hash('sha256', $element->C14N(true, false), true));
            if ($digest !== trim($path->evaluate('string(d:DigestValue)', $reference))) {
                refuse('AUTHN_FAILED', "digest of $id");
            }
            $signed[] = $element->localName;
        }
        sort($signed);
        if ($signed !== ['Body', 'CallContext', 'Timestamp']) {
            refuse('AUTHN_FAILED', 'covers ' . implode(' ', $signed));
        }
        $token = trim($path->evaluate('string(w:BinarySecurityToken)', $security));
        $pem = "-----BEGIN CERTIFICATE-----\n" . chunk_split($token, 64, "\n") . "-----END CERTIFICATE-----\n";
        if (openssl_x509_fingerprint($pem, 'sha256') !== getenv('CLIENT')) {
            refuse('AUTHN_FAILED', 'stranger');
        }
        $info = $path->query('.//d:SignedInfo', $security)->item(0)->C14N(true, false);
        $value = base64_decode(trim($path->evaluate('string(.//d:SignatureValue)', $security)));
        if (openssl_verify($info, $value, $pem, OPENSSL_ALGO_SHA256) !== 1) {
            refuse('AUTHN_FAILED', 'signature');
        }
    }
}

$raw = file_get_contents('php://input');
$server = new SoapServer(getenv('WSDL'));
$server->setObject(new Library($raw, $_SERVER['REQUEST_URI']));
$server->handle($raw);
