// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <set>
#include <utility>
#include <vector>

#include <QPointer>

#include "ui/compare/compare_page.h"
#include "ui/compare/method_maps.h"
#include "ui/compare/second_model.h"
#include "ui/document/live_answer.h"

class QLabel;
class QMenu;
class QPushButton;
class QToolButton;

namespace ocellus {

class ClassChooser;

/// The same picture explained by several sources of maps, and by a second model's: a row a class, a column a source,
/// each on a scale of its own. Sources that cost about a pass of the model run by themselves, others by a button.
class MethodsComparison : public ComparePage {
    Q_OBJECT

public:
    MethodsComparison(Document& document, LiveAnswer& answer, QWidget* parent = nullptr);

    ClassChooser* chooser() const { return m_chooser; }
    /// A checkpoint whose sources stand beside the open model's.
    void openSecond(const std::filesystem::path& checkpoint);

signals:
    void secondWanted();     ///< the user wants to choose a checkpoint
    void evaluationWanted(); ///< as ClassComparison
    void failed(const ocellus::Failure& failure);

protected:
    bool needsHeads() const override { return false; }
    bool asksSources() const override { return true; }
    void refresh() override;

private:
    /// A source of the open model or of the second one.
    struct Column {
        SourceText source;
        bool ofSecond = false;

        auto id() const { return std::pair(source.source, ofSecond); }
    };

    void arrange();
    void connectParts();
    void fillMenu();
    std::vector<Column> possible() const;
    std::vector<Column> shown() const;
    bool isSlow(const Column& column) const;
    MethodMaps::Wish wishOf(bool ofSecond, bool withSlow) const;
    void ask();
    void runSlow();
    void stop();
    void showState();
    QString slowText(const std::vector<Column>& missing) const;
    std::vector<Column> missingSlow();
    QString nameOf(const Column& column) const;
    MatrixCell cellOf(const Explanation& shown, const Column& column, int classIndex);
    MapMatrix matrixOf(const Explanation& shown);

    SourceTable m_table;
    MethodMaps m_own;
    MethodMaps m_others;
    SecondModel m_second;
    std::set<std::pair<std::string, bool>> m_hidden; // columns that the user took out
    std::optional<ViewKey> m_slowFor;                // the view that the slow sources were asked for
    ClassChooser* m_chooser;
    QToolButton* m_sources;
    QMenu* m_menu;
    QPushButton* m_slow;
    QPushButton* m_stop;
    QPushButton* m_secondButton;
    QLabel* m_state;
};

} // namespace ocellus
