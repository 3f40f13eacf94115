# SPDX-License-Identifier: MIT
"""nudge init at a terminal: from nothing to a configuration with which a mail gets through, or to nothing."""

import getpass
import os
import re
import shlex
import stat
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import tap  # noqa: E402
from dialogue import Dialogue  # noqa: E402
from programs import NUDGE, NUDGED, Home  # noqa: E402
from smtpd import Receiver  # noqa: E402

USER = 'anna@example.org'
PASSWORD = 'correct horse "b\u00e4ttery"'
LINGERS = os.path.exists(f'/var/lib/systemd/linger/{getpass.getuser()}')  # whoever tests
STARTED = ['systemctl --user enable nudged --now', *([] if LINGERS else ['loginctl enable-linger'])]
NOW = '2026-11-23T12:00:00+01:00'
ENGLISH = re.compile(r'\b(the|is|are|were|and|of|to|there|not|for|with|what|who|this|it|your|password)\b')
OLD = '''smtp: { url = "smtp://mail.example.org"; from = "n@example.org"; user = "ben"; password_file = "old"; };
digests: ( { name = "old"; to = [ "Ben <ben@example.org>" ]; cadence = "Mon..Fri 08:15"; timezone = "Europe/Berlin";
  language = "de"; address = "sie"; } );
'''
FAKE = '''#!/bin/sh
echo "$(basename "$0") $*" >>"$HOME/ran"
case " $* " in *" is-active "*) exit 3;; *" is-failed "*) exit 1;; *" cat "*) exit {known};; esac
exit {status}
'''


class Newcomer(Home):
    """A home without a configuration, and a machine whose systemd does as it is told here."""

    def __init__(self, *, language='C.UTF-8', known=0, status=0):
        super().__init__()
        del self.env['NUDGED_CONFIG']
        os.mkdir(self.path('bin'))
        for name in ('systemctl', 'loginctl'):
            self.write(f'bin/{name}', FAKE.format(known=known, status=status), 0o755)
        self.env.update(LANG=language, PATH=f'{self.path("bin")}:{os.environ["PATH"]}', TERM='dumb', PAGER='cat')
        self.now = NOW

    @property
    def config(self):
        return self.path('config', 'nudged', 'nudged.conf')

    def ran(self):
        """What was asked of systemd, questions apart."""
        if not os.path.exists(self.path('ran')):
            return []
        return [line for line in self.read('ran').splitlines() if ' cat ' not in line and 'is-active' not in line]

    def is_untouched(self):
        tap.check(not os.path.exists(self.path('config')), 'a configuration was left')
        tap.check(not os.path.exists(self.path('data')), 'a book was left')
        left = [name for name in os.listdir(self.folder) if name not in ('bin', 'ran', 'secret')]
        tap.equal(left, [], 'what was left')
        tap.equal(self.ran(), [], 'what was asked of systemd')


def init(home, *options):
    return Dialogue([NUDGE, '--now', home.now, 'init', '--timezone', 'Europe/Berlin', *options], home.env, PASSWORD)


def receiver(**options):
    return Receiver(users={USER: PASSWORD}, **options)


def english(port, password=PASSWORD):
    return (('Your e-mail address', f'Anna Schmidt <{USER}>'), ('Your name', ''),
            ('Mail server [smtp://mail.example.org:587]', f'smtp://127.0.0.1:{port}'),
            ('Login there', ''), ('Password', password), ('At what time', '6:30'),
            ('On which days', 'weekdays'), ('Language', ''))


def mode(path):
    return stat.S_IMODE(os.stat(path).st_mode)


def a_whole_dialogue():
    with receiver() as server, Newcomer() as home, init(home) as dialogue:
        dialogue.answer(*english(server.port))
        dialogue.answer(('Start the service', ''), *([] if LINGERS else [('Keep it running', '')]))
        text = dialogue.ends()
        tap.contains(text, f'The mail server took the test mail for {USER}', 'the test mail')
        tap.contains(text, 'the next is due on Tuesday, 24 November 2026', 'the next mail')
        tap.contains(text, 'nudge import', 'what comes next')
        tap.equal([m.recipients for m in server.messages], [[USER]], 'mails')
        tap.contains(server.messages[0].data, b'Subject: [Test]', 'the mail')
        tap.equal((mode(home.config), mode(os.path.dirname(home.config))), (0o600, 0o700), 'who may read it')
        tap.equal(home.read('config/nudged/smtp-password'), PASSWORD, 'the password')
        tap.equal(mode(home.path('config/nudged/smtp-password')), 0o600, 'who may read the password')
        tap.equal(home.ran(), STARTED, 'systemd')
        digest = home.json('config')['digests'][0]
        tap.equal([digest[key] for key in ('to', 'cadence', 'timezone', 'language')],
                  [[f'"Anna Schmidt" <{USER}>'], 'Mon..Fri 06:30', 'Europe/Berlin', 'en'], 'the digest')
        tap.contains(home.nudge('test-send'), 'took the test mail', 'what was written')
        tap.equal([name for name in os.listdir(home.folder) if 'init' in name], [], 'the trial')


def a_whole_dialogue_in_german():
    with receiver() as server, Newcomer(language='de_DE.UTF-8') as home, init(home) as dialogue:
        dialogue.answer(
            ('Deine E-Mail-Adresse', USER), ('Dein Name', 'J\u00f6rg M\u00fcller'),
            ('Mailserver', f'smtp://localhost:{server.port}'), ('Anmeldename', ''), ('Passwort', PASSWORD),
            ('Um wie viel Uhr', '7 Uhr'), ('An welchen Tagen', 'werktags'), ('Sprache der Mails', 'deutsch'),
            ('du oder sie', 'Sie'), ('Dienst starten', 'n'))
        text = dialogue.ends()
        english_word = ENGLISH.search(re.sub(r'`[^`]*`|\S*[/=@]\S*|nudge [^\n]*', '', text))
        tap.check(not english_word, f'"{english_word and english_word.group()}" is English: {text}')
        tap.equal(home.ran(), [], 'systemd')
        digest = home.json('config')['digests'][0]
        tap.equal([digest[key] for key in ('to', 'cadence', 'language', 'address')],
                  [[f'"J\u00f6rg M\u00fcller" <{USER}>'], 'Mon..Fri 07:00', 'de', 'sie'], 'the digest')
        comments = re.findall('#.*', home.read('config/nudged/nudged.conf'))
        tap.check(comments and not ENGLISH.search(str(comments)), f'in English: {comments}')


def a_wrong_password_then_the_right_one():
    with receiver() as server, Newcomer() as home, init(home) as dialogue:
        dialogue.answer(*english(server.port, 'correct donkey'))
        dialogue.asked('refuses the login')
        tap.check(not os.path.exists(home.config), 'written before it worked')
        dialogue.answer(('Number [1]', ''), ('Password', PASSWORD), ('Start the service', 'n'))
        dialogue.ends()
        tap.equal(home.read('config/nudged/smtp-password'), PASSWORD, 'the password')


def another_server_and_login():
    with receiver() as server, Newcomer() as home, init(home) as dialogue:
        dialogue.answer(*english(1))
        dialogue.answer(('Number [3]', ''), ('Mail server [smtp://127.0.0.1:1]', f'127.0.0.1:{server.port}'),
                        ('Encryption there (required, opportunistic, none) [opportunistic]', ''), ('Login there', 'ben'), ('Password', PASSWORD), ('Number [1]', '2'),
                        ('Login there (- for none) [ben]', USER), ('Password', PASSWORD), ('Start the service', 'n'))
        dialogue.ends()
        tap.equal(home.json('config')['smtp']['user'], USER, 'the login')


def a_server_of_this_machine_may_want_encryption():
    with Home() as certs:
        subprocess.run(['bash', tap.source_path('tests/lib/certs.sh'), certs.folder], check=True, capture_output=True)
        with receiver(tls='starttls', auth_without_tls=False, cert=certs.path('good.pem'),
                      key=certs.path('good.key')) as server:
            with Newcomer() as home, init(home) as dialogue:
                dialogue.answer(*english(server.port))
                dialogue.answer(('Number [1]', '3'), (f'Mail server [smtp://127.0.0.1:{server.port}]', ''),
                                ('Encryption there', 'perhaps'), ('one of these', ''),
                                ('Login there', ''), ('Password', PASSWORD), ('Start the service', 'n'))
                dialogue.ends()
                tap.equal(home.json('config')['smtp']['tls'], 'opportunistic', 'the encryption')
            with Newcomer() as home:
                home.write('secret', PASSWORD)
                home.nudge('init', '--yes', '--to', USER, '--password-file', home.path('secret'), '--timezone', 'UTC',
                           '--server', f'127.0.0.1:{server.port}', '--tls', 'opportunistic', '--no-enable')
                tap.equal(home.json('config')['smtp']['tls'], 'opportunistic', 'the encryption')


def it_is_written_all_the_same():
    with Newcomer() as home, init(home) as dialogue:
        dialogue.answer(*english(1))
        dialogue.answer(('Number [3]', '6'), ('from 1 to 5', 'x'), ('from 1 to 5', '4'), ('Number [3]', '5'),
                        ('Start the service', 'n'))
        dialogue.ends()
        tap.check(os.path.exists(home.config), 'the configuration')


def a_server_without_a_login():
    with Receiver() as server, Newcomer() as home:
        with init(home, '--user', '-') as dialogue:
            dialogue.answer(*english(server.port)[:3], *english(server.port)[5:], ('Start the service', 'n'))
            dialogue.ends()
        tap.check('user' not in home.json('config')['smtp'], 'the login')
        tap.check(not os.path.exists(home.path('config/nudged/smtp-password')), 'a password')


def whoever_leaves_leaves_nothing():
    for end in (b'\x04', b'\x03'):
        with receiver() as server:
            rows = (*english(server.port, 'correct donkey'), ('Number [1]', ''), ('Password', ''))
            for n, (question, _) in enumerate(rows):
                with Newcomer() as home, init(home) as dialogue:
                    dialogue.answer(*rows[:n], (question, end))
                    text = dialogue.ends(status=1)
                    tap.contains(text, 'Nothing was written', f'{end} at {question!r}')
                    tap.check(dialogue.echoes(), f'no echo after {question!r}')
                    home.is_untouched()


def whoever_leaves_before_the_service_has_a_configuration():
    with receiver() as server, Newcomer() as home, init(home) as dialogue:
        dialogue.answer(*english(server.port), ('Start the service', b'\x04'))
        tap.contains(dialogue.ends(), 'systemctl --user enable --now nudged', 'what to type later')
        tap.equal(home.ran(), [], 'systemd')


def wrong_answers_are_asked_again():
    with receiver() as server, Newcomer() as home, init(home) as dialogue:
        rows = english(server.port)
        dialogue.answer(
            ('Your e-mail address', ''), ('an answer is needed', 'anna'), ('it has no "@"', USER), ('Your name', '-'),
            ('Mail server', 'gmial'), ('neither a server nor a provider', '7:30'), ('neither a server', 'smtp://a:b@c.org'),
            ('login and password are asked', rows[2][1]), rows[3],
            ('Password', ''), ('a password is needed', b''), ('Password', PASSWORD),
            ('At what time', '25'), ('no time of the day', '7'),
            ('On which days', 'sometimes'), ('not clear', ''), ('Language', 'fr'), ('one of these', 'en'),
            ('Start the service', 'what'), ('y or n', 'n'))
        dialogue.ends()
        tap.equal(home.json('config')['digests'][0]['to'], [USER], 'without a name')


def providers_are_known():
    for address, server, words, question in (
            ('anna@gmail.com', 'smtp://smtp.gmail.com:587', 'apppasswords', 'Password'),
            ('anna@hotmail.com', 'smtp://smtp-mail.outlook.com:587', 'OAuth 2', 'Command that prints a token'),
            ('anna@posteo.de', 'smtps://posteo.de:465', 'Password', None)):
        with Newcomer() as home, init(home) as dialogue:
            dialogue.answer(('Your e-mail address', address), ('Your name', ''), (f'Mail server [{server}]', ''),
                            (f'Login there (- for none) [{address}]', ''))
            dialogue.asked(words)
            dialogue.answer((question or '', b'\x04'))
            dialogue.ends(status=1)
            home.is_untouched()


def a_token_in_place_of_a_password():
    with Newcomer() as home, init(home, '--no-test') as dialogue:
        dialogue.answer(('Your e-mail address', USER), ('Your name', ''), ('Mail server', 'microsoft 365'),
                        ('Login there', ''), ('Command that prints', 'oama access anna'), ('At what time', ''),
                        ('On which days', ''), ('Language', ''), ('Start the service', 'n'))
        dialogue.ends()
        smtp = home.json('config')['smtp']
        tap.equal((smtp['url'], smtp['token_command']),
                  ('smtp://smtp.office365.com:587', ['oama', 'access', 'anna']), 'the server')


def a_token_that_fails_gives_way_to_a_password():
    with receiver() as server, Newcomer() as home, init(home, '--token-command', 'false') as dialogue:
        dialogue.answer(*english(server.port)[:4], *english(server.port)[5:])
        dialogue.answer(('Number [1]', ''), ('Password', PASSWORD), ('Start the service', 'n'))
        dialogue.ends()
        tap.check('token_command' not in home.json('config')['smtp'], 'the token')


def a_configuration_is_kept():
    with Newcomer() as home:
        os.makedirs(os.path.dirname(home.config))
        home.write('config/nudged/nudged.conf', OLD)
        for answer in ('', 'y'):
            with init(home) as dialogue:
                dialogue.answer(('Keep it?', answer), ('Start the service', 'n'))
                tap.contains(dialogue.ends(), 'old: ben@example.org, Mon..Fri 08:15', 'what is there')
        with init(home) as dialogue:
            dialogue.answer(('Keep it?', b'\x04'))
            dialogue.ends(status=1)
        home.nudge('init', '--yes', '--to', USER, '--user', '-', status=1)
        tap.equal(home.read('config/nudged/nudged.conf'), OLD, 'the configuration')


def a_configuration_is_replaced():
    with receiver() as server, Newcomer() as home:
        os.makedirs(os.path.dirname(home.config))
        home.write('config/nudged/nudged.conf', OLD)
        with init(home) as dialogue:
            dialogue.answer(
                ('Keep it?', 'n'), ('Your e-mail address [ben@example.org]', ''), ('Your name [Ben]', ''),
                ('Mail server [smtp://mail.example.org:587]', f'127.0.0.1:{server.port}'),
                ('Login there (- for none) [ben]', USER), ('Password', PASSWORD),
                ('At what time shall the mail come [8:15]', ''), ('[weekdays]', ''), ('[de]', ''), ('[sie]', ''), ('Start the service', 'n'))
            dialogue.ends()
        tap.equal(home.read('config/nudged/nudged.conf.old'), OLD, 'the old one')
        tap.equal(mode(f'{home.config}.old'), 0o600, 'who may read it')
        digest = home.json('config')['digests'][0]
        tap.equal([digest[key] for key in ('to', 'cadence', 'address')],
                  [['"Ben" <ben@example.org>'], 'Mon..Fri 08:15', 'sie'], 'the new one')


def a_broken_one_is_shown_and_replaced():
    with receiver() as server, Newcomer() as home:
        os.makedirs(os.path.dirname(home.config))
        home.write('config/nudged/nudged.conf', 'smtp: {\n')
        with init(home) as dialogue:
            dialogue.answer(('syntax error', b''), ('Keep it?', 'n'), *english(server.port), ('Start the service', 'n'))
            dialogue.ends()


def without_a_terminal():
    with receiver() as server, Newcomer() as home:
        home.write('secret', PASSWORD)
        words = ['init', '--yes', '--to', f'Anna <{USER}>', '--password-file', home.path('secret'),
                 '--timezone', 'Europe/Berlin']
        here = ['--server', f'127.0.0.1:{server.port}']
        for given, status, part in (
                ([], 1, '--yes'), (['--yes'], 64, '--to'), (['--yes', 'anna@example.org'], 64, 'options alone'),
                (['--yes', '--to', 'anna'], 64, '--to: "anna"'), (['--yes', '--to', USER], 64, '--password-file'),
                ([*words[1:], '--at', '25'], 64, '--at'), ([*words[1:], '--days', 'never'], 64, '--days'),
                ([*words[1:], '--timezone', 'Mars'], 64, '--timezone'),
                ([*words[1:], '--language', 'fr'], 64, '--language'),
                ([*words[1:], '--server', '127.0.0.1:1'], 69, '--no-test'),
                ([*words[1:], *here, '--user', 'ben'], 77, 'nothing was written')):
            tap.contains(home.nudge('init', *given, status=status), part, f'init {given}')
            home.is_untouched()
        text = home.nudge(*words, *here, '--at', '6', '--days', 'mo-fr', '--language', 'de', '--address', 'sie')
        tap.contains(text, 'took the test mail', 'what is said')
        tap.equal('disable-linger' in text, not LINGERS, 'a lasting change is told')
        tap.equal(home.ran(), STARTED, 'systemd')
        tap.equal(home.json('config')['smtp']['password_file'], home.path('secret'), 'the password')


def for_packages():
    with Newcomer() as home:
        home.nudge('init', '--yes', '--to', USER, '--server', 'strato', '--password-credential', 'mail', '--no-test',
                   '--no-enable', '--timezone', 'UTC')
        smtp = home.json('config')['smtp']
        tap.equal((smtp['url'], smtp['password_credential']), ('smtps://smtp.strato.de:465', 'mail'), 'the server')
        tap.equal(home.ran(), [], 'systemd')


def what_comes_next_is_for_that_configuration():
    once = ('Once it runs, try', 'Wenn er läuft,')
    for language in 'C.UTF-8', 'de_DE.UTF-8':
        with Newcomer(language=language) as home:
            own = home.path("Anna's.conf")
            for config, nudge in ((home.config, 'nudge'),
                                  (own, 'nudge -c ' + own.replace(' ', '\\ ').replace("'", "\\'"))):
                text = home.nudge('-c', config, 'init', '--yes', '--to', USER, '--server', 'strato',
                                  '--password-credential', 'mail', '--no-enable', '--timezone', 'UTC')
                text = ' '.join(text.split())
                for line in f'{once[language != "C.UTF-8"]} `{nudge} test-send`', f' {nudge} import contacts.vcf ', \
                            f' {nudge} add Anna', f' {nudge} {"what is" if language == "C.UTF-8" else "was an"}':
                    tap.contains(text, ' '.join(line.split()), f'{config}')
                tap.equal(' enable --now nudged' in text, config == home.config, 'how it starts')


def a_machine_without_systemd():
    with Newcomer(known=1) as home:
        text = home.nudge('init', '--yes', '--to', USER, '--user', '-', '--no-test')
        tap.contains(text, f'here that knows nudged.\nKeep `nudged --foreground` running by other means, or let cron '
                     f'send what is due:\n    */15 * * * *  {os.path.realpath(NUDGED)} --once\n', 'what to do')
        tap.contains(home.nudge('status'), f'due with `{os.path.realpath(NUDGED)} --once`', 'what to do, said again')
        other = home.path("it's 100% here.conf")
        text = home.nudge('-c', other, 'init', '--yes', '--to', USER, '--user', '-', '--no-test')
        line = text.split('*/15 * * * *')[1].split('\n')[0].strip()
        tap.equal(line.count('%'), line.count('\\%'), 'percent signs, of which each would end the command for cron')
        tap.equal(shlex.split(line.replace('\\%', '%')), [os.path.realpath(NUDGED), '--once', '--config', other],
                  'what to do with another configuration')
        tap.equal(home.ran(), [], 'systemd')


def a_service_that_does_not_start():
    with Newcomer(status=1) as home:
        text = home.nudge('init', '--yes', '--to', USER, '--user', '-', '--no-test', status=69)
        tap.contains(text, 'journalctl --user-unit nudged', 'where it says why')


def a_folder_that_others_may_write_to():
    with Newcomer() as home:
        os.makedirs(os.path.dirname(home.config))
        os.chmod(os.path.dirname(home.config), 0o777)
        text = home.nudge('init', '--yes', '--to', USER, '--user', '-', '--no-test', status=77)
        tap.contains(text, 'chmod go-w', 'what mends it')
        tap.equal(os.listdir(os.path.dirname(home.config)), [], 'what was left')


tap.run(a_whole_dialogue, a_whole_dialogue_in_german, a_wrong_password_then_the_right_one, another_server_and_login,
        a_server_of_this_machine_may_want_encryption, it_is_written_all_the_same, a_server_without_a_login, whoever_leaves_leaves_nothing,
        whoever_leaves_before_the_service_has_a_configuration, wrong_answers_are_asked_again, providers_are_known,
        a_token_in_place_of_a_password, a_token_that_fails_gives_way_to_a_password, a_configuration_is_kept,
        a_configuration_is_replaced, a_broken_one_is_shown_and_replaced, without_a_terminal, for_packages,
        what_comes_next_is_for_that_configuration,
        a_machine_without_systemd, a_service_that_does_not_start, a_folder_that_others_may_write_to)
