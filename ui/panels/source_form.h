// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <memory>

#include <QString>
#include <QWidget>

#include "core/engine/engine.h"
#include "core/explain/source_settings.h"

class QComboBox;
class QFormLayout;
class QLabel;
class QToolButton;

namespace ocellus {

class SourceTable;

/// Which source makes the maps, of all that there are, and its options.
class SourceForm : public QWidget {
    Q_OBJECT

public:
    explicit SourceForm(QWidget* parent = nullptr);
    ~SourceForm() override;

    /// Sources that have no maps of the model stay in the list, with the reason, and cannot be chosen.
    void setModel(const ModelDescription& model);

    /// Shows a choice without a signal; one without an id is the model's own.
    void setSource(const SourceText& source);
    const SourceText& source() const { return m_source; }
    /// Whether that is the model's own heads.
    bool areHeadsChosen() const;

signals:
    void sourceChanged(const ocellus::SourceText& source);

private:
    void choose(int row);
    void showSource();
    void buildOptions();
    QWidget* controlOf(const SourceOption& option);
    QWidget* lineOf(const SourceOption& option, const QString& value);
    void take(const SourceOption& option, const QString& value);

    std::unique_ptr<const SourceTable> m_table;
    SourceText m_source;
    QString m_ownId; ///< the source that the model shows by itself
    QComboBox* m_choice;
    QToolButton* m_unfold;
    QWidget* m_options;
    QFormLayout* m_form;
    QLabel* m_problem;
};

} // namespace ocellus
