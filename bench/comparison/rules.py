"""What a good program on the command line does, as far as it can be tried out.

The rules are those of the Command Line Interface Guidelines, clig.dev, in our own words.
"""

from __future__ import annotations

from bench.comparison.probing import Cell, Row

#: For programs that were asked to do at once, without any question, what cannot be taken back.
_STILL_THERE = "{list} 2>/dev/null | grep -c 'Ada Lovelace'"
_ON_TERMINAL = "script -qec '%s' /dev/null </dev/null"
_COLOURS = "grep -c $'\\e\\[[0-9;]*[1-9][0-9;]*m'"
#: The least time of the processor that one of seven starts has taken.
STARTS = (
    "TIMEFORMAT='%U %S'; for i in 1 2 3 4 5 6 7; do time {tool} --version >/dev/null; done 2>&1 "
    "| awk '{ print int(($1 + $2) * 1000) \" ms\" }' | sort -n | head -n 1"
)
_NO_JSON = "has no JSON"
_NO_SETTINGS = Cell(nothing="it has no settings")

RULES = (
    Row(
        "alone",
        "Called alone, it helps or does its main job",
        "{tool} </dev/null",
        yes=r"(?is)^(?=.{40}).*\[exit 0\]$",
        partly=r"(?i)usage",
        cells={
            "recutils": Cell(nothing="it is a filter, and waits for a file on stdin"),
            "hermitcrm": Cell(note="a short usage, as an error"),
        },
    ),
    Row(
        "short-help",
        "`-h` helps, also behind a command",
        "{tool} -h >/dev/null && {helped} -h",
        yes=r"(?is)usage:.*\[exit 0\]$",
        cells={"todoman": Cell(note="`-h` means something else: dates for people")},
    ),
    Row(
        "long-help",
        "`--help` helps, also behind a command",
        "{tool} --help >/dev/null && {helped} --help",
        yes=r"(?is)usage:.*\[exit 0\]$",
        cells={"taskwarrior": Cell("task help", note="as a command: `task help`", yes="Usage: ")},
    ),
    Row(
        "examples",
        "The help has examples",
        "{helped} --help",
        yes=r"(?i)\bexamples?:|\beg:",
        cells={
            "taskwarrior": Cell("task help", yes="task add -- "),
            "hermitcrm": Cell("{tool} set --help; {tool} help adjust-bulk", yes="hermitcrm set "),
        },
    ),
    Row(
        "did-you-mean",
        "A slip of the fingers gets a suggestion",
        "{wrong}",
        yes=r"(?i)did you mean|most similar|closest",
        partly=r"(?i)choose from",
        cells={"hermitcrm": Cell(note="all commands are listed")},
    ),
    Row(
        "stderr",
        "Errors go to stderr, and nothing else",
        "{wrong} 2>/dev/null | wc -c",
        yes=r"^0\n",
    ),
    Row(
        "wrong-command",
        "A wrong command is a failure for scripts",
        "{wrong} >/dev/null 2>&1",
        yes=r"\[exit [1-9]",
    ),
    Row(
        "exit-codes",
        "Wrong words and nobody found have exit codes of their own",
        "{wrong} >/dev/null 2>&1; w=$?; {missing} >/dev/null 2>&1; n=$?; "
        "echo wrong $w, nobody $n; [ $w != $n ] && [ $w != 0 ] && [ $n != 0 ]",
        yes=r"\[exit 0\]",
    ),
    Row(
        "json",
        "Lists as JSON",
        "{list} --json | jq length",
        yes=r"^3\n",
        cells={
            "taskwarrior": Cell("task export | jq length"),
            "hermitcrm": Cell(
                "hermitcrm export --format json -o - | jq '.companies | length'",
                note="all at once, as an export",
            ),
            "todoman": Cell("todo --porcelain list | jq length"),
            "khard": Cell(note=_NO_JSON),
            "recutils": Cell(note=_NO_JSON),
        },
    ),
    Row(
        "plain",
        "Lists as lines that `cut` can take apart",
        "{list} -f tsv --columns id,email --no-header | cut -f 2",
        yes=r"(?m)^ada@example\.com$",
        cells={
            "taskwarrior": Cell(
                "task rc.verbose=nothing rc.report.x.columns=email rc.report.x.labels=email x"
            ),
            "recutils": Cell("rec2csv contacts.rec | cut -d , -f 3 | tr -d '\"'"),
            "khard": Cell("khard email --parsable | cut -f 1"),
            "hermitcrm": Cell(
                "hermitcrm export -o x.zip; unzip -p x.zip companies.csv | cut -d , -f 1,2",
                yes="(?m)Ada Lovelace",
                partly="(?m)Ada Lovelace",
                note="a zip of CSV files",
            ),
            "todoman": Cell(note="JSON only"),
        },
    ),
    Row(
        "no-color",
        "`NO_COLOR` is respected on a terminal",
        f"export NO_COLOR=1; {_ON_TERMINAL % '{helped}'} | {_COLOURS}",
        yes=r"^0\n",
        cells={"recutils": Cell(nothing="it has no colours")},
    ),
    Row(
        "dumb",
        "`TERM=dumb` gets no colours",
        f"export TERM=dumb; {_ON_TERMINAL % '{helped}'} | {_COLOURS}",
        yes=r"^0\n",
        cells={"recutils": Cell(nothing="it has no colours")},
    ),
    Row(
        "colours-in-a-pipe",
        "No colours in a pipe or a file",
        f"{{list}} | {_COLOURS}",
        yes=r"^0\n",
    ),
    Row(
        "no-question-in-scripts",
        "What cannot be taken back is refused where nobody can be asked: not done, not waiting",
        f"timeout 10 {{remove}} </dev/null; echo code $?; {_STILL_THERE}",
        yes=r"(?s)code (?!0\b|124)\d+.*\n1\n",
        partly=r"(?s)code (?!124)\d+.*\n1\n",
        cells={
            "recutils": Cell(note="it removes without a question"),
            "hermitcrm": Cell(nothing="nothing can be removed on its command line"),
        },
    ),
    Row(
        "question",
        "What cannot be taken back is asked at a terminal",
        "answer n '{remove}'; " + _STILL_THERE,
        yes=r"(?is)(\[y/n\]|\(y/n\)|\[n/y\]|yes/no|yes/\[no\]).*\n1\n",
        cells={"hermitcrm": Cell(nothing="nothing can be removed on its command line")},
    ),
    Row(
        "yes",
        "An option says yes beforehand, for scripts",
        f"{{remove}} --yes >/dev/null </dev/null; {_STILL_THERE}",
        yes=r"(?m)^0$",
        cells={
            "taskwarrior": Cell(
                f"task rc.confirmation=off 1 delete >/dev/null </dev/null; {_STILL_THERE}"
            ),
            "recutils": Cell(f"{{remove}}; {_STILL_THERE}"),
            "khard": Cell(f"khard remove --force Ada; {_STILL_THERE}", yes=r"(?m)^0$"),
            "hermitcrm": Cell(nothing="nothing can be removed on its command line"),
        },
    ),
    Row(
        "dry-run",
        "`--dry-run`, or a way to look first",
        "{all} --dry-run",
        yes=r"(?is)dry run.*\[exit 0\]$",
        cells={
            "taskwarrior": Cell("task help | grep -i dry"),
            "hermitcrm": Cell("{many}", note="by itself: writing takes `--apply`"),
        },
    ),
    Row(
        "hint",
        "After a change it says how to take it back, or what comes next",
        "{change}",
        yes=r"(?i)undo",
    ),
    Row(
        "stdin",
        "`-` or a pipe stands for a file",
        "echo ada-lovelace | {tool} set-status Future -; {list}",
        yes=r"Ada Lovelace.*Future",
        cells={
            "taskwarrior": Cell(
                'echo \'[{"description":"Mary Kies"}]\' | task import -; task list',
                yes=r"(?s)Mary Kies.*\[exit 0\]",
            ),
            "recutils": Cell("recsel -p name < contacts.rec", yes="Ada"),
            "khard": Cell(
                "printf 'Formatted name: Mary Kies\\nFirst name: Mary\\nLast name: Kies\\n' "
                "| khard new; khard list",
                yes=r"Mary Kies.*\n(?s:.)*\[exit 0\]",
            ),
            "hermitcrm": Cell(
                "echo 'wants a key' | hermitcrm add interaction ada-lovelace --channel note "
                "--body -; hermitcrm show ada-lovelace",
                yes="wants a key",
            ),
            "todoman": Cell(
                "echo 'wants a key' | todo edit -r 1 >/dev/null; todo show 1",
                yes="wants a key",
                note="for the description",
            ),
        },
    ),
    Row(
        "broken-pipe",
        "A closed pipe, as of `| head`, is quiet",
        "(sleep 0.5; {list}) 2>err | true; cat err",
        yes=r"^\[exit 0\]$",
    ),
    Row(
        "ctrl-c",
        "Ctrl-C at a question leaves all as it was, without a traceback",
        "answer ^C '{remove}'; echo; " + _STILL_THERE,
        yes=r"(?s)^(?!.*Traceback).*(\?|y/n|Y/N).*\n1\n",
        cells={
            "recutils": Cell(note="it does not ask"),
            "hermitcrm": Cell(nothing="nothing can be removed on its command line"),
        },
    ),
    Row(
        "undo",
        "A change can be taken back",
        "{change} >/dev/null 2>&1; {undo}; {list}",
        yes=r"Ada Lovelace.*Engage",
        cells={
            "taskwarrior": Cell(yes=r"Ada Lovelace +ada@example.com +Engage"),
            "recutils": Cell(yes=r"reverted"),
            "khard": Cell("{change} >/dev/null 2>&1; {undo}", yes=r"undone|reverted"),
            "todoman": Cell("{change} >/dev/null 2>&1; {undo}", yes=r"undone|reverted"),
            "hermitcrm": Cell(
                "{change} >/dev/null; {undo}; grep stage: ../data/companies/ada*/company.md",
                yes="stage: engaged",
                note="by `git revert`, as in leadctl any command, not the last one only",
            ),
        },
    ),
    Row(
        "precedence",
        "An option beats the environment, which beats the file of settings",
        "mkdir -p ~/.config/leadctl ~/a ~/b ~/c; cd ~; "
        "for d in a b c; do leadctl init $d; leadctl -b $d add $d; done >/dev/null; "
        'echo "book: $HOME/c" > ~/.config/leadctl/config.yaml; mkdir none; cd none; '
        "leadctl list -f ids; export LEADCTL_BOOK=$HOME/b; leadctl list -f ids; "
        "leadctl -b ~/a list -f ids",
        yes=r"(?m)^c\nb\na$",
        cells={
            "taskwarrior": Cell(
                "echo 'default.project=c' >> ~/.taskrc; sed s/=c/=b/ ~/.taskrc > ~/b; "
                "for p in '' TASKRC=$HOME/b; do env $p task _get rc.default.project; done; "
                "TASKRC=$HOME/b task rc.default.project=a _get rc.default.project",
                yes=r"(?m)^c\n(?:.*\n)*b\n(?:.*\n)*a$",
            ),
            "recutils": _NO_SETTINGS,
            "khard": Cell(
                "khard list --sort first_name >/dev/null && "
                "sed s/crm/other/ ~/.config/khard/khard.conf > b && khard -c b addressbooks",
                yes="(?m)^other$",
                partly="(?m)^other$",
                note="an option beats the file; no variable of its own",
            ),
            "hermitcrm": Cell(
                "hermitcrm init --no-setup ~/b >/dev/null; hermitcrm add company Kies >/dev/null; "
                "hermitcrm --data ~/b stages list; hermitcrm stages list",
                yes=r"(?s)engaged +open +0.*engaged +open +2",
            ),
            "todoman": Cell(
                "mkdir -p ~/other/x; printf 'path = \"~/other/*\"\\n' > b.py; "
                "TODOMAN_CONFIG=$PWD/b.py todo lists; todo -c ~/.config/todoman/config.py lists",
                yes="(?s)x.*crm",
            ),
        },
    ),
    Row(
        "xdg",
        "Settings are found in `$XDG_CONFIG_HOME`",
        "export XDG_CONFIG_HOME=$HOME/x; mkdir -p ~/x ~/none; cp -r ~/.config/* ~/x 2>/dev/null; "
        "rm -rf ~/.config; cd ~/none; {list}",
        yes="Ada Lovelace",
        cells={
            "leadctl": Cell(
                "export XDG_CONFIG_HOME=$HOME/x; mkdir -p ~/x/leadctl ~/none; "
                'echo "book: $PWD" > ~/x/leadctl/config.yaml; cd ~/none; leadctl list'
            ),
            "taskwarrior": Cell(
                "export XDG_CONFIG_HOME=$HOME/x; mkdir -p ~/x/task; mv ~/.taskrc ~/x/task/taskrc; "
                "echo y | task list"
            ),
            "recutils": _NO_SETTINGS,
            "hermitcrm": Cell(nothing="its settings are in the folder of data"),
        },
    ),
    Row(
        "clean-home",
        "Nothing new lies openly in the home folder after use",
        "touch ~/stamp; sleep 0.1; {list} >/dev/null; {change} >/dev/null; "
        "find ~ -maxdepth 1 -newer ~/stamp -name '.[a-z]*' ! -name .cache ! -name .local "
        "! -name .config ! -name .task | grep . || echo clean",
        yes="^clean",
        cells={
            "taskwarrior": Cell(
                "ls -d ~/.task ~/.taskrc",
                yes="^nothing",
                partly=r"\.task",
                note="`~/.task` and `~/.taskrc`, unless told otherwise",
            )
        },
    ),
    Row(
        "bare-environment",
        "It runs with an empty environment, even without `HOME`",
        "for home in '' HOME=$HOME; do env -i LC_ALL=C.UTF-8 $home $(command -v {tool}) list; done",
        yes="(?s)Ada Lovelace.*Ada Lovelace",
        partly="Ada Lovelace",
        cells={
            "recutils": Cell("env -i $(command -v recsel) contacts.rec", yes="Ada Lovelace"),
            "khard": Cell(
                "env -i $(command -v khard) -c ~/.config/khard/khard.conf list; "
                "env -i HOME=$HOME $(command -v khard) list"
            ),
            "hermitcrm": Cell(
                "env -i $(command -v hermitcrm) --data ~/data show ada-lovelace", yes="Ada Lovelace"
            ),
            "todoman": Cell(
                "env -i $(command -v todo) -c ~/.config/todoman/config.py list; "
                "env -i HOME=$HOME $(command -v todo) list"
            ),
        },
    ),
    Row(
        "version",
        "`--version`",
        "{tool} --version",
        yes=r"\d+\.\d+(?s:.)*\[exit 0\]",
    ),
    Row(
        "start",
        "It needs less than a quarter of a second of the processor to start",
        STARTS,
        yes=r"^(?:\d{1,2}|1\d\d|2[0-4]\d) ms",
    ),
    Row(
        "completion",
        "A shell can complete its words",
        "{tool} completion bash | head -n 5; {tool} completion zsh | head -n 1; "
        "{tool} completion fish | grep -c complete",
        yes=r"(?s)compdef.*\n[1-9]",
        cells={
            "taskwarrior": Cell(
                "ls /usr/share/bash-completion/completions/task "
                "/usr/share/zsh/vendor-completions/_task /usr/share/fish/*completions*/task.fish",
                yes=r"completions/task\n",
            ),
            "recutils": Cell(
                "ls /usr/share/bash-completion/completions/recsel",
                yes=r"(?m)^/.*recsel$",
            ),
            "khard": Cell(note="the package of Debian has one for zsh"),
            "todoman": Cell(
                "_TODO_COMPLETE=bash_source todo | head -n 3; "
                "_TODO_COMPLETE=zsh_source todo | head -n 1",
                yes="compdef",
            ),
        },
    ),
    Row(
        "man",
        "A man page",
        "man -w {tool} || find $(dirname $(dirname $(readlink -f $(command -v {tool})))) "
        "-name '{tool}.1*' | grep .",
        yes=r"\.1(?:\.gz)?\n",
        cells={
            "leadctl": Cell(
                "cd $CHECKOUT && python -m tools.man_pages ~/man && find ~/man -name leadctl.1; "
                "ls ~/man/man1 | head -n 3",
                yes=r"leadctl\.1\n",
                note="the package brings it, with a page for each command",
            ),
            "khard": Cell(note="the package of Debian has one"),
            "todoman": Cell(note="the package of Debian has one"),
        },
    ),
)
