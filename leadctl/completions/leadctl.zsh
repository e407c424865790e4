#compdef leadctl
# Completion of leadctl for zsh. What leadctl answers is only ever offered, never evaluated.
_leadctl() {
    local -a before found open closed
    (( CURRENT > 2 )) && before=("${(@Q)words[2,CURRENT-1]}")
    found=("${(@f)$(command leadctl __complete zsh "${before[@]}" "${(Q)PREFIX}" 2>/dev/null </dev/null)}")
    case ${found[1]} in
        :files) _files; return ;;
        :folders) _files -/; return ;;
    esac
    found=(${(M)found:#[A-Za-z0-9@-][A-Za-z0-9 ._:=,@+-]#})
    open=(${(M)found:#*[:=]})
    closed=(${found:#*[:=]})
    (( $#open )) && compadd -S '' -- "${open[@]}"
    (( $#closed )) && compadd -- "${closed[@]}"
    (( $#found ))
}
# Called as a completion function out of $fpath, or read as a file.
if [[ ${funcstack[1]} == _leadctl ]]; then
    _leadctl "$@"
else
    compdef _leadctl leadctl
fi
