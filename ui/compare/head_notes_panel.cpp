// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/head_notes_panel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QInputDialog>
#include <QLabel>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QTableWidget>
#include <QVBoxLayout>

#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/document/map_kind.h"

namespace ocellus {

namespace {

enum Column { Class, Head, Text, ColumnCount };

} // namespace

HeadNotesPanel::HeadNotesPanel(Document& document, QWidget* parent, const LiveAnswer* answer)
    : QWidget(parent),
      m_document(document),
      m_answer(answer),
      m_table(new QTableWidget(0, ColumnCount, this)),
      m_add(new QPushButton(tr("Note on the chosen map…"), this)),
      m_remove(new QPushButton(tr("&Delete"), this))
{
    m_table->setHorizontalHeaderLabels({tr("Class"), tr("Map"), tr("Note")});
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->verticalHeader()->hide();
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setAccessibleName(tr("Notes on maps"));
    m_table->setTabKeyNavigation(false);
    connect(m_table, &QTableWidget::activated, m_table,
            qOverload<const QModelIndex&>(&QTableWidget::edit)); // with Return
    auto* hint = new QLabel(tr("What a map shows, such as \"tail pattern\". Notes belong to a class of this model and "
                               "stand wherever the map is shown; N on a tile writes one too."),
                            this);
    hint->setWordWrap(true);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_add);
    buttons->addWidget(m_remove);
    buttons->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(hint);
    layout->addWidget(m_table, 1);
    layout->addLayout(buttons);

    connect(m_table, &QTableWidget::itemChanged, this, &HeadNotesPanel::take);
    connect(m_table, &QTableWidget::currentCellChanged, this, [this](int row) { goTo(row); });
    connect(m_add, &QPushButton::clicked, this, [this] { ask(m_document.currentClass(), m_document.head()); });
    connect(m_remove, &QPushButton::clicked, this, &HeadNotesPanel::remove);
    connect(&document.headNotes(), &HeadNotes::changed, this, &HeadNotesPanel::fill);
    connect(&document, &Document::modelChanged, this, &HeadNotesPanel::fill);
    connect(&document, &Document::classNamesChanged, this, &HeadNotesPanel::fill);
    connect(&document, &Document::headChanged, this, &HeadNotesPanel::updateButtons);
    connect(&document, &Document::currentClassChanged, this, &HeadNotesPanel::updateButtons);
    fill();
}

void HeadNotesPanel::ask(int classIndex, int head)
{
    if (!m_document.model() || classIndex < 0 || head < 0 || head >= m_document.headCount())
        return;
    const HeadNote of = subjectOf(classIndex, head);
    if (of.head < 0)
        return;
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Note"));
    dialog->setLabelText(tr("%1 of %2 looks at:").arg(mapNameOf(m_document, of), className(of.classIndex)));
    dialog->setTextValue(m_document.headNotes().text(of.classIndex, of.head));
    connect(dialog, &QInputDialog::textValueSelected, this,
            [this, of](const QString& text) { m_document.headNotes().write(of.classIndex, of.head, text); });
    // Another model's head of that number is another head.
    connect(&m_document, &Document::modelChanged, dialog, [this, dialog, model = m_document.model()->sha256] {
        if (m_document.model()->sha256 != model)
            dialog->reject();
    });
    dialog->open();
}

bool HeadNotesPanel::areNodes() const
{
    return mapKindOf(m_document) == MapKind::Node;
}

/// By what the note on a map is kept: a node's by its prototype, for all classes, since a head is only its place on
/// this picture's way. -1 for a place that the way has not.
HeadNote HeadNotesPanel::subjectOf(int classIndex, int head) const
{
    HeadNote of;
    of.classIndex = classIndex;
    of.head = head;
    if (!areNodes())
        return of;
    const auto decoding = m_answer ? m_answer->result().decoding : nullptr;
    const auto part = decoding && decoding->hasClass(classIndex)
                          ? decoding->part(decoding->extent().layers - 1, head, classIndex)
                          : std::nullopt;
    of.classIndex = -1;
    of.head = part ? part->prototype : -1;
    return of;
}

/// Where it is shown; nothing of a node off this picture's way.
std::optional<int> HeadNotesPanel::headOf(const HeadNote& note) const
{
    if (!areNodes())
        return note.head;
    for (int head = 0; head < m_document.headCount(); ++head)
        if (subjectOf(m_document.currentClass(), head).head == note.head)
            return head;
    return std::nullopt;
}

QString HeadNotesPanel::className(int classIndex) const
{
    return classIndex < 0 ? tr("all classes") : m_document.classNames().label(classIndex);
}

void HeadNotesPanel::fill()
{
    const QScopedValueRollback filling(m_filling, true);
    m_notes = m_document.headNotes().ofModel();
    m_table->setRowCount(static_cast<int>(m_notes.size()));
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const HeadNote& note = m_notes[static_cast<std::size_t>(row)];
        auto* of = new QTableWidgetItem(className(note.classIndex));
        auto* head = new QTableWidgetItem(mapNameOf(m_document, note));
        of->setFlags(of->flags() & ~Qt::ItemIsEditable);
        head->setFlags(head->flags() & ~Qt::ItemIsEditable);
        m_table->setItem(row, Class, of);
        m_table->setItem(row, Head, head);
        m_table->setItem(row, Text, new QTableWidgetItem(QString::fromStdString(note.text)));
    }
    m_table->resizeColumnToContents(Head);
    updateButtons();
}

void HeadNotesPanel::take(const QTableWidgetItem* item)
{
    if (m_filling || item->column() != Text)
        return;
    const HeadNote note = m_notes.at(static_cast<std::size_t>(item->row()));
    const QString text = item->text();
    // The table is filled anew by what this changes, and must not be while it is still editing.
    QMetaObject::invokeMethod(
        this, [this, note, text] { m_document.headNotes().write(note.classIndex, note.head, text); },
        Qt::QueuedConnection);
}

void HeadNotesPanel::goTo(int row)
{
    updateButtons();
    if (m_filling || row < 0 || row >= static_cast<int>(m_notes.size()))
        return;
    const HeadNote& note = m_notes[static_cast<std::size_t>(row)];
    if (note.classIndex >= 0)
        m_document.setCurrentClass(note.classIndex);
    if (const auto head = headOf(note))
        m_document.setHead(*head);
}

void HeadNotesPanel::remove()
{
    const int row = m_table->currentRow();
    if (row < 0)
        return;
    const HeadNote note = m_notes.at(static_cast<std::size_t>(row));
    m_document.headNotes().write(note.classIndex, note.head, {});
}

void HeadNotesPanel::updateButtons()
{
    m_add->setEnabled(m_document.model() && m_document.currentClass() >= 0 &&
                      m_document.head() < m_document.headCount());
    m_remove->setEnabled(m_table->currentRow() >= 0);
}

} // namespace ocellus
