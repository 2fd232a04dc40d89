/** What is imported before any code of users runs, so that their imports cost nothing. Also in the snapshot. */
export const PYTHON_MODULES = [
  ...['abc', 'argparse', 'array', 'ast', 'asyncio', 'base64', 'binascii', 'bisect', 'builtins', 'calendar', 'codecs', 'collections'],
  ...['collections.abc', 'contextlib', 'copy', 'csv', 'dataclasses', 'datetime', 'decimal', 'difflib', 'email.utils', 'enum', 'fractions'],
  ...['functools', 'gzip', 'hashlib', 'heapq', 'hmac', 'html', 'html.parser', 'importlib.machinery', 'inspect', 'io', 'itertools', 'json'],
  ...['locale', 'logging', 'math', 'numbers', 'operator', 'os', 'os.path', 'pathlib', 'platform', 'pprint', 'random', 're', 'secrets'],
  ...['select', 'statistics', 'string', 'struct', 'sys', 'textwrap', 'time', 'traceback', 'types', 'typing', 'unicodedata', 'urllib.parse'],
  ...['uuid', 'xml.etree.ElementTree', 'zlib', 'zoneinfo'],
] as const;

/**
 * Python's side of the bridge. `_baya_run` takes one request as JSON text and returns one answer as JSON text, so that no object of Pyodide
 * passes between. What it needs is bound in its closure before any code of users runs.
 */
export const PYTHON_RUNNER = `
def _make_runner():
    import ${PYTHON_MODULES.join(', ')}

    FILE, OWN_FILE = '<string>', '<exec>'
    LONGEST_MESSAGE = 20000
    HIDDEN = ('js', 'pyodide', '_pyodide', 'pyodide_js', '_pyodide_core', 'ctypes', '_ctypes', '_ctypes_test')
    NETWORK = ('requests', 'httpx', 'aiohttp', 'urllib3', 'httplib2', 'websocket', 'websockets', 'pycurl', 'paramiko', 'boto3', 'openai')
    EROFS, EACCES = 69, 2

    class HiddenModules:
        @staticmethod
        def find_spec(name, path=None, target=None):
            if name.partition('.')[0] in HIDDEN:
                raise ModuleNotFoundError(f"No module named '{name}'", name=name)
            return None

    for name in list(sys.modules):
        if name.partition('.')[0] in HIDDEN:
            del sys.modules[name]
    machinery = importlib.machinery
    sys.meta_path[:] = [HiddenModules, machinery.BuiltinImporter, machinery.FrozenImporter, machinery.PathFinder]

    os.environ.clear()
    os.environ.update({'HOME': '/', 'LANG': 'C.UTF-8', 'PWD': '/'})
    sys.argv[:] = [FILE]

    def sleep(seconds, /):
        end = time.monotonic() + float(seconds)
        if seconds < 0:
            raise ValueError('sleep length must be non-negative')
        while (rest := end - time.monotonic()) > 0:
            select.select((), (), (), min(rest, 0.05))
    time.sleep = sleep

    class IdleSelector:
        @staticmethod
        def select(timeout):
            sleep(timeout or 0)
            return ()

    class Loop(asyncio.BaseEventLoop):
        _selector = IdleSelector
        def _process_events(self, events):
            pass
        def _write_to_self(self):
            pass

    class LoopPolicy(asyncio.DefaultEventLoopPolicy):
        _loop_factory = Loop
    asyncio._set_running_loop(None)
    asyncio.set_event_loop_policy(LoopPolicy())
    asyncio.run, asyncio.sleep = asyncio.runners.run, asyncio.tasks.sleep

    loads, dumps, seed_random = json.loads, json.dumps, random.seed
    TracebackException, stdout, stderr = traceback.TracebackException, sys.stdout, sys.stderr
    stdlib_names = frozenset(sys.stdlib_module_names)

    def hint(error):
        if isinstance(error, ModuleNotFoundError) and error.name:
            name = error.name.partition('.')[0]
            if name in NETWORK:
                return f"'{name}' can't be used in the code sandbox, which has no network: fetch with an HTTP request node and pass its result in."
            if name in stdlib_names:
                return f"'{name}' is a module of the standard library that the code sandbox does not have."
            if name in HIDDEN:
                return f"'{name}' is not available in the code sandbox."
            return f"'{name}' is not in Python's standard library, and the code sandbox has no other packages: do without it, or set CODE_EXECUTION_ENDPOINT to a sandbox that has it."
        if type(error).__name__ in ('gaierror', 'URLError', 'ConnectionError', 'ConnectionRefusedError'):
            return 'The code sandbox has no network: fetch with an HTTP request node and pass its result in.'
        if isinstance(error, OSError) and error.errno == EROFS:
            return 'The code sandbox has no files to write to: keep the data in variables and return it.'
        if isinstance(error, OSError) and error.errno == EACCES and 'socket' in sys.modules:
            return 'The code sandbox has no network: fetch with an HTTP request node and pass its result in.'
        return None

    def shorten(text):
        half = LONGEST_MESSAGE // 2
        return text if len(text) <= LONGEST_MESSAGE else text[:half] + ' [...] ' + text[-half:]

    def describe(error):
        trace = error.__traceback__
        while trace is not None and trace.tb_frame.f_code.co_filename != FILE:
            trace = trace.tb_next
        line, step = None, trace
        while step is not None:
            if step.tb_frame.f_code.co_filename == FILE:
                line = step.tb_lineno
            step = step.tb_next
        if isinstance(error, SyntaxError) and error.filename == FILE:
            line = error.lineno
        summary = TracebackException(type(error), error, trace)
        summary.stack[:] = [frame for frame in summary.stack if frame.filename != OWN_FILE]
        text = ''.join(summary.format())
        if not text.startswith('Traceback'):
            text = 'Traceback (most recent call last):\\n' + text
        advice = hint(error)
        answer = {
            'reason': 'syntax' if trace is None and isinstance(error, SyntaxError) else 'exception',
            'message': shorten(text.rstrip('\\n')) + (f'\\n{advice}' if advice else ''),
            'exceptionType': type(error).__name__,
            'exceptionMessage': shorten(str(error)),
        }
        if line is not None:
            answer['line'] = line
        return answer

    def flush():
        for stream in (sys.stdout, sys.stderr, stdout, stderr):
            try:
                stream.flush()
            except BaseException:
                pass

    def run_code(request):
        code = compile(request['code'], FILE, 'exec', dont_inherit=True)
        module = types.ModuleType('__main__')
        module.__dict__['__builtins__'] = builtins
        sys.modules['__main__'] = module
        exec(code, module.__dict__)
        main = module.__dict__.get('main')
        if not callable(main):
            return {'reason': 'result', 'message': "The code defines no function 'main'."}
        result = main(**loads(request['inputs']))
        try:
            return {'json': dumps(result, ensure_ascii=False, allow_nan=False)}
        except (TypeError, ValueError, RecursionError) as error:
            return {'reason': 'result', 'message': f'main returned what is not JSON: {error}'}

    def run(text):
        request = loads(text)
        seed_random(request['seed'])
        try:
            answer = run_code(request)
        except MemoryError:
            answer = {'reason': 'limit', 'message': '', 'limit': 'memoryBytes'}
        except KeyboardInterrupt as error:
            answer = {**describe(error), 'isInterrupt': True}
        except BaseException as error:
            answer = describe(error)
        flush()
        return dumps(answer)
    return run

_baya_run = _make_runner()
del _make_runner
`;
