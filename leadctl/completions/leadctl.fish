# Completion of leadctl for fish. What leadctl answers is only ever offered, never evaluated.
function __leadctl_candidates
    set -l before (commandline -opc)
    set -l partial (commandline -ct)
    set -l found (command leadctl __complete fish $before[2..-1] "$partial" 2>/dev/null </dev/null)
    switch "$found[1]"
        case ':files'
            __fish_complete_path "$partial"
        case ':folders'
            __fish_complete_directories "$partial" ''
        case '*'
            string match --regex -- '^[A-Za-z0-9@-][A-Za-z0-9 ._:=,@+-]*$' $found
    end
end
complete -c leadctl -f -a '(__leadctl_candidates)'
