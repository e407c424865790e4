# Completion of leadctl for bash. What leadctl answers is only ever offered, never evaluated.
_leadctl() {
    local line=${COMP_LINE:0:COMP_POINT} words=() rest word found part blank='\ ' i
    COMPREPLY=()
    # Bash takes words apart at : and =; what no blank divides on the line is one word.
    for ((i = 0; i <= COMP_CWORD; i++)); do
        rest=${line#"${line%%[![:space:]]*}"}
        word=${COMP_WORDS[i]}
        if ((i == COMP_CWORD)); then
            word=$rest
        elif [[ $rest != "$word"* ]]; then
            return 0
        fi
        if ((i > 0)) && [[ $rest == "$line" ]]; then
            words[${#words[@]} - 1]+=$word
        else
            words+=("$word")
        fi
        line=${rest#"$word"}
    done
    part=${words[${#words[@]} - 1]}
    if [[ $part == *[\"\']* ]]; then
        # Behind an open quote bash replaces all that stands there, and a blank is a blank.
        part=${part%%[\"\']*} blank=' '
    else
        # It replaces only what stands behind the last : or =, so the rest is not repeated.
        while [[ -n $part && ! (${part: -1} == [:=] && $COMP_WORDBREAKS == *"${part: -1}"*) ]]; do
            part=${part%?}
        done
    fi
    found=$(command leadctl __complete bash "${words[@]:1}" 2>/dev/null </dev/null)
    case $found in
        :files) compopt -o filenames -o default; return 0 ;;
        :folders) compopt -o filenames -o dirnames; return 0 ;;
    esac
    while IFS= read -r word; do
        rest=${word//"$blank"/}
        [[ -n $word && $rest != *[!A-Za-z0-9._:=,@+-]* ]] && COMPREPLY+=("${word#"$part"}")
    done <<<"$found"
    [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[:=] ]] && compopt -o nospace
    return 0
}
complete -F _leadctl leadctl
