// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

#include <QWidget>

#include "ui/engine/newest_reading.h"
#include "ui/training/training_recipe.h"

class QButtonGroup;
class QCheckBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace ocellus {

class Settings;

/// What a run is to do: its purpose, the weights that it starts from, which are checked as they are chosen, and what it
/// will take.
class TrainingForm : public QWidget {
    Q_OBJECT

public:
    /// `settings` must outlive the widget.
    explicit TrainingForm(Settings& settings, QWidget* parent = nullptr);

    const TrainingRecipe& recipe() const;
    void setRecipe(const QString& key);
    /// All that `train` is told besides data and folder.
    QStringList options() const;
    bool keepsAwake() const;

    const std::filesystem::path& weights() const { return m_weights; }
    void setWeights(const std::filesystem::path& file);
    /// Why a run cannot be started yet; empty where it can.
    QString whyNot() const;

    void setOutside(const QString& whyNot); ///< why not, for reasons that are not the form's
    void setEstimate(const QString& text);
    void setMeasuring(bool isMeasuring);

signals:
    void changed(); ///< recipe, weights or options
    void weightsWanted();
    void measureWanted();
    void startWanted();
    void jobWanted(); ///< instead of a start, for a cluster

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeRecipes();
    QWidget* makeWeights();
    QWidget* makeOptions();
    QWidget* makeStart();
    void chooseRecipe(const TrainingRecipe& recipe);
    void check();
    void suggestOptions();
    void follow();
    void showWhereToGet();
    void showHelp();

    Settings& m_settings;
    QString m_recipe;
    std::filesystem::path m_weights;
    std::optional<StartWeights> m_known;
    QString m_suggested; ///< options that nobody typed
    QString m_refused;   ///< why the weights cannot be taken
    QString m_outside;
    QButtonGroup* m_choices = nullptr;
    QLabel* m_purpose = nullptr;
    QLabel* m_weightsFile = nullptr;
    QLabel* m_weightsState = nullptr;
    QLabel* m_whereToGet = nullptr;
    QWidget* m_advanced = nullptr;
    QPlainTextEdit* m_command = nullptr;
    QPlainTextEdit* m_help = nullptr;
    QCheckBox* m_maps = nullptr;
    QCheckBox* m_awake = nullptr;
    QLabel* m_estimate = nullptr;
    QPushButton* m_measure = nullptr;
    QPushButton* m_start = nullptr;
    QLabel* m_whyNot = nullptr;
    NewestReading m_reading; // last: it goes first
};

} // namespace ocellus
