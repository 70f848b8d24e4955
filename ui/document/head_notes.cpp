// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/head_notes.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

namespace ocellus {

namespace {

/// As much as a session file takes, and no half character at the end.
std::string storable(const QString& text)
{
    QString kept = text.simplified();
    while (static_cast<std::size_t>(kept.toUtf8().size()) > maxNoteBytes)
        kept.truncate(kept.size() - std::max<qsizetype>(1, (kept.toUtf8().size() - qsizetype{maxNoteBytes}) / 4));
    if (!kept.isEmpty() && kept.back().isHighSurrogate())
        kept.chop(1);
    return kept.toStdString();
}

} // namespace

void HeadNotes::setModel(const std::string& sha256)
{
    m_model = sha256;
}

void HeadNotes::setAll(std::vector<HeadNote> notes)
{
    if (notes == m_notes)
        return;
    m_notes = std::move(notes);
    emit changed();
}

std::vector<HeadNote> HeadNotes::ofModel() const
{
    std::vector<HeadNote> own;
    std::ranges::copy_if(m_notes, std::back_inserter(own),
                         [this](const HeadNote& note) { return !m_model.empty() && note.modelSha256 == m_model; });
    std::ranges::sort(own, {}, [](const HeadNote& note) { return std::tuple(note.classIndex, note.head); });
    return own;
}

const HeadNote* HeadNotes::find(int classIndex, int head) const
{
    const auto found = std::ranges::find_if(m_notes, [&](const HeadNote& note) {
        return !m_model.empty() && note.modelSha256 == m_model && note.classIndex == classIndex && note.head == head;
    });
    return found == m_notes.end() ? nullptr : &*found;
}

QString HeadNotes::text(int classIndex, int head) const
{
    const HeadNote* note = find(classIndex, head);
    if (!note)
        note = find(-1, head);
    return note ? QString::fromStdString(note->text) : QString();
}

QStringList HeadNotes::ofClass(int classIndex) const
{
    int heads = 0;
    for (const HeadNote& note : m_notes)
        if (note.modelSha256 == m_model && (note.classIndex == classIndex || note.classIndex == -1))
            heads = std::max(heads, note.head + 1);
    QStringList texts;
    for (int head = 0; head < heads; ++head)
        texts += text(classIndex, head);
    return texts;
}

void HeadNotes::write(int classIndex, int head, const QString& text)
{
    if (m_model.empty())
        return;
    const HeadNote wanted{m_model, classIndex, head, storable(text)};
    const HeadNote* present = find(classIndex, head);
    if (present ? *present == wanted : wanted.text.empty())
        return;
    std::erase_if(m_notes, [&](const HeadNote& note) {
        return note.modelSha256 == m_model && note.classIndex == classIndex && note.head == head;
    });
    if (!wanted.text.empty())
        m_notes.push_back(wanted);
    emit changed();
}

} // namespace ocellus
