# SPDX-License-Identifier: GPL-3.0-or-later
# Sorts sources into batches to be compiled as one: "awk -v size=16 -f unity_batches.awk FILE..." prints "BATCH FILE" lines. A
# batch has no two sources that give something of their own (in an unnamed namespace, as a macro, or by `using`) the same
# name. Our formatting begins such declarations at the line's start.

# The name that a line declares, "" where it declares none that could clash.
function own_name(line)
{
    sub(/^\[\[[a-z_]+\]\] /, "", line)
    if (line ~ /^#define /) {
        split(line, words, /[ (]+/)
        return "#" words[2]
    }
    if (line ~ /^Q_DECLARE_METATYPE\(/) {
        sub(/ocellus::/, "", line)
        return line
    }
    if (line ~ /^(using|namespace) /) {
        sub(/^[a-z]+ /, "", line)
        return line ~ / = / ? word_at_start(line) : ""
    }
    if (line ~ /^(struct|class|enum|union) /) {
        sub(/^(enum class|enum|struct|class|union) /, "", line)
        return word_at_start(line)
    }
    if (!match(line, /[A-Za-z0-9_]+( =|[({;]|\[)/))
        return ""
    return word_at_start(substr(line, RSTART))
}

function word_at_start(text)
{
    sub(/[^A-Za-z0-9_].*/, "", text)
    return text
}

# Equal aliases are one.
function clashes(file, batch, i, there)
{
    for (i = 1; i <= name_count[file]; ++i) {
        there = taken[batch, names[file, i]]
        if (there != "" && !(there == lines[file, i] && there ~ /^(using|namespace) /))
            return 1
    }
    return 0
}

FNR == 1 { unnamed = 0; files[++file_count] = FILENAME }
/^namespace \{/ { unnamed = 1; next }
/^\} \/\/ namespace$/ { unnamed = 0; next }
/^(#define |Q_DECLARE_METATYPE\()/ || /^(using|namespace) .* = / || (unnamed && /^[A-Za-z[]/ && !/^template/) {
    name = own_name($0)
    if (name != "") {
        names[file_count, ++name_count[file_count]] = name
        lines[file_count, name_count[file_count]] = $0
    }
}

END {
    for (file = 1; file <= file_count; ++file) {
        batch = 1
        while (members[batch] >= size || clashes(file, batch))
            ++batch
        ++members[batch]
        for (i = 1; i <= name_count[file]; ++i)
            taken[batch, names[file, i]] = lines[file, i]
        print batch " " files[file]
    }
}
