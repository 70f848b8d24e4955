// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/limit_commands.h"

#include <utility>

#include <QAction>
#include <QWidget>

#include "core/data/class_selection.h"
#include "ui/document/document.h"
#include "ui/engine/paths.h"

namespace ocellus {

LimitCommands::LimitCommands(Document& document, AskForFiles ask, QWidget* window)
    : QObject(window),
      m_document(document),
      m_ask(std::move(ask)),
      m_window(window),
      m_genus(makeAction(tr("Limit to this &genus"), {}, &LimitCommands::limitToGenus)),
      m_list(makeAction(tr("Limit to a l&ist…"), tr("A text file with a class a line, by name or by index from 0"),
                        &LimitCommands::chooseList)),
      m_confused(makeAction(tr("Limit to &most confused with this one"), {}, &LimitCommands::limitToConfused))
{
    connect(&document, &Document::modelChanged, this, [this] { setConfusions({}); });
    connect(&document, &Document::classNamesChanged, this, &LimitCommands::updateActions);
    connect(&document, &Document::currentClassChanged, this, &LimitCommands::updateActions);
    updateActions();
}

QAction* LimitCommands::makeAction(const QString& text, const QString& toolTip, void (LimitCommands::*slot)())
{
    auto* action = new QAction(text, this);
    action->setToolTip(toolTip);
    connect(action, &QAction::triggered, this, slot);
    m_actions << action;
    return action;
}

void LimitCommands::limitToGenus()
{
    const ClassTable& table = m_document.classNames().table();
    const auto shown = static_cast<std::size_t>(m_document.currentClass());
    try {
        limitTo(classesOfGenus(genusOf(table.entries.at(shown)), table));
    } catch (...) {
        emit failed(failureOf(Step::ClassTable, std::current_exception()));
    }
}

void LimitCommands::chooseList()
{
    m_ask(m_window,
          {FileQuestion::Kind::OpenFile,
           tr("Limit to the classes of a list"),
           {},
           tr("Lists (*.txt);;All files (*)"),
           {}},
          [this](const QStringList& paths) {
              try {
                  limitTo(classesOfFile(toPath(paths.first()), m_document.classNames().table()));
              } catch (...) {
                  emit failed(failureOf(Step::ClassTable, std::current_exception()));
              }
          });
}

void LimitCommands::setConfusions(const std::vector<ConfusedPair>& pairs)
{
    m_confusions = pairs;
    updateActions();
}

/// The shown class, and those that it was taken for or that were taken for it.
std::vector<int> LimitCommands::confused() const
{
    constexpr int most = 4; // as many as the panel takes by similarity
    std::vector<int> classes = mostConfused(m_confusions, m_document.currentClass(), most);
    if (!classes.empty())
        classes.insert(classes.begin(), m_document.currentClass());
    return classes;
}

void LimitCommands::limitToConfused()
{
    limitTo(confused());
}

void LimitCommands::limitTo(const std::vector<int>& classes)
{
    if (!m_document.model()) // which the dialog outlived
        return;
    LimitChoice::Kind kind = m_document.limit().kind;
    if (kind == LimitChoice::Kind::All)
        kind = usualLimit(m_document.model()->offer);
    m_document.setLimit({kind, QList<int>(classes.begin(), classes.end())});
}

void LimitCommands::updateActions()
{
    const bool canLimit = m_document.model() && usualLimit(m_document.model()->offer) != LimitChoice::Kind::All;
    const int shown = m_document.currentClass();
    m_list->setEnabled(canLimit);
    const ClassTable& table = m_document.classNames().table();
    const bool hasGenus = m_document.classNames().areKnown() && shown >= 0 && shown < table.count() &&
                          hasGenera(table) && !genusOf(table.entries[static_cast<std::size_t>(shown)]).empty();
    m_confused->setEnabled(canLimit && !confused().empty());
    m_confused->setToolTip(
        m_confusions.empty()
            ? tr("Which classes are confused, an evaluation of the open model tells: Own species, Evaluation")
            : tr("This class and those that the evaluation found most often taken for it, or it for them"));
    m_genus->setEnabled(canLimit && hasGenus);
    m_genus->setToolTip(hasGenus || !canLimit
                            ? tr("The classes whose Latin names begin with the same word")
                            : tr("The shown class has no Latin name, so it is of no known genus. A class table with a "
                                 "column of scientific names gives it one."));
}

} // namespace ocellus
