// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/model_panel.h"

#include <algorithm>

#include <QClipboard>
#include <QDir>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/base/text.h"
#include "core/io/state_dict_origin.h"
#include "ui/figures/number_text.h"
#include "ui/models/architecture_text.h"
#include "ui/panels/model_settings_form.h"

namespace ocellus {

namespace {

/// Text too long for the dock that can be scrolled, selected and copied.
QLineEdit* readOnlyLine(const QString& accessibleName)
{
    auto* line = new QLineEdit;
    line->setReadOnly(true);
    line->setFrame(false);
    line->setAccessibleName(accessibleName);
    return line;
}

void setLine(QLineEdit* line, const QString& text, const QString& toolTip)
{
    line->setText(text);
    line->setCursorPosition(0);
    line->setToolTip(toolTip);
}

QLabel* wrappedLabel()
{
    auto* label = new QLabel;
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

void makeBold(QLabel* label)
{
    QFont font = label->font();
    font.setBold(true);
    label->setFont(font);
}

} // namespace

ModelPanel::ModelPanel(QWidget* parent) : QWidget(parent), m_pages(new QStackedWidget)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pages);
    m_pages->addWidget(buildEmptyPage());
    m_pages->addWidget(buildForm());
    setDevice({});
    setClassTable({});
    setPreprocessing({}, std::nullopt, false);
    setPictureSizes({}, {}, 0, 0);
    setPrecisionNotes({});
}

QWidget* ModelPanel::buildEmptyPage()
{
    auto* page = new QWidget;
    auto* text = new QLabel(tr("No model is open."));
    text->setAlignment(Qt::AlignCenter);
    text->setWordWrap(true);
    auto* open = new QPushButton(tr("&Open model\u2026"));
    open->setToolTip(tr("Choose a checkpoint of INTR, Prompt-CAM or a Vision Transformer (.pth, .pt or .safetensors)"));
    connect(open, &QPushButton::clicked, this, &ModelPanel::checkpointRequested);
    auto* layout = new QVBoxLayout(page);
    layout->addStretch();
    layout->addWidget(text);
    layout->addWidget(open, 0, Qt::AlignCenter);
    layout->addStretch();
    return page;
}

QWidget* ModelPanel::buildForm()
{
    auto* page = new QWidget;
    m_form = new QFormLayout(page);
    QFormLayout* const form = m_form;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    m_untrained = wrappedLabel();
    makeBold(m_untrained);
    m_untrained->setText(tr("Untrained: its weights come from a formula, its answers mean nothing."));
    form->addRow(m_untrained);

    m_file = readOnlyLine(tr("Checkpoint file"));
    form->addRow(tr("File"), m_file);
    m_format = addRow(form, tr("Format"));
    m_hash = readOnlyLine(tr("SHA-256 of the checkpoint"));
    m_copyHash = new QToolButton;
    m_copyHash->setText(tr("Copy"));
    m_copyHash->setAccessibleName(tr("Copy SHA-256"));
    m_copyHash->setToolTip(tr("Copies the SHA-256 to the clipboard"));
    m_copyHash->setFocusPolicy(Qt::StrongFocus);
    connect(m_copyHash, &QToolButton::clicked, this, &ModelPanel::copyHash);
    auto* hashRow = new QHBoxLayout;
    hashRow->addWidget(m_hash, 1);
    hashRow->addWidget(m_copyHash);
    form->addRow(tr("SHA-256"), hashRow);
    m_architecture = addRow(form, tr("Built as"),
                            tr("\"Assumed\": nothing in the file tells, so the released model's"
                               " value is taken. A wrong one gives wrong maps."));
    m_settings = new ModelSettingsForm;
    connect(m_settings, &ModelSettingsForm::applied, this, &ModelPanel::settingsApplied);
    connect(m_settings, &ModelSettingsForm::keepRequested, this, &ModelPanel::settingsKept);
    form->addRow(m_settings);
    m_parameters = addRow(form, tr("Weights"));
    m_stateDict =
        addRow(form, tr("State dict"),
               tr("Which state dict of the file the weights are, and what was taken off their names. Of several "
                  "the one that fits best; ocellus-cli convert --state takes another one out of the file."));
    m_remarks = addRow(form, tr("Not used"), tr("What the file holds besides, and why it is not used"));
    m_training = addRow(form, tr("Training"), tr("What the training program wrote into the file"));
    // A hash is one long word: it is cut off, and the other lines wrap.
    m_training->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);

    m_sanity = addRow(form, tr("Maps"),
                      tr("Whether the maps are the model's own: they must lose their likeness as its weights are taken "
                         "away"));
    setSanity({});
    m_table = addRow(form, tr("Classes"));
    m_chooseTable = new QPushButton(tr("Choose c&lass table\u2026"));
    m_chooseTable->setToolTip(
        tr("Text, JSON or CSV file with the classes' names, or a folder with one sub-folder a class"));
    connect(m_chooseTable, &QPushButton::clicked, this, &ModelPanel::classTableRequested);
    form->addRow(m_chooseTable);

    m_device = addRow(form, tr("Device"));
    m_deviceWarning = wrappedLabel();
    makeBold(m_deviceWarning);
    m_deviceWarning->setText(tr("Warning: the slow reference BLAS is in use, so everything takes several times as "
                                "long. Install the package libopenblas0-openmp and start again."));
    form->addRow(m_deviceWarning);
    m_precision = addRow(form, tr("Precision"));
    m_preprocessing = addRow(form, tr("Resize"), tr("How a picture becomes the model's input; see Settings"));
    m_sizes = addRow(form, tr("Picture"));

    auto* scroll = new QScrollArea;
    scroll->setWidget(page);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    return scroll;
}

QLabel* ModelPanel::addRow(QFormLayout* form, const QString& title, const QString& toolTip)
{
    QLabel* value = wrappedLabel();
    value->setAccessibleName(title);
    value->setToolTip(toolTip);
    form->addRow(title, value);
    return value;
}

void ModelPanel::setModel(const ModelDescription& model)
{
    const QString path = QDir::toNativeSeparators(QString::fromStdString(model.path.string()));
    setLine(m_file, QString::fromStdString(model.path.filename().string()), path);
    m_format->setText(tr("%1, %2").arg(QString::fromStdString(model.format),
                                       QLocale().formattedDataSize(static_cast<qint64>(model.fileBytes))));
    const QString hash = QString::fromStdString(model.sha256);
    setLine(m_hash, hash, hash);
    m_architecture->setText(architectureLines(model).join(QLatin1Char('\n')));
    m_settings->setModel(model);
    m_isPreparationAssumed = std::ranges::count(model.assumed, "preprocessing") > 0;
    m_parameters->setText(tr("%1 parameters").arg(countText(static_cast<long long>(model.parameters))));
    m_stateDict->setText(QString::fromStdString(originText(model.stateDict)));
    QStringList remarks;
    for (const std::string& remark : model.remarks)
        remarks << QString::fromStdString(oneLine(remark));
    m_remarks->setText(remarks.isEmpty() ? tr("nothing") : remarks.join(QLatin1Char('\n')));
    // Tokens have names of their own, which no table gives.
    m_form->setRowVisible(m_table, model.offer.hasLogits);
    m_form->setRowVisible(m_chooseTable, model.offer.hasLogits);
    m_training->setText(trainingLines(model).join(QLatin1Char('\n')));
    m_untrained->setVisible(model.untrained);
    m_pages->setCurrentIndex(1);
}

void ModelPanel::clearModel()
{
    m_pages->setCurrentIndex(0);
}

void ModelPanel::setDevice(const DeviceReport& device)
{
    QString text = device.name.empty() ? tr("not measured yet") : QString::fromStdString(device.name);
    if (device.gigaflops > 0)
        text += QLatin1Char('\n') + tr("%1 GFLOP/s in a small matrix product").arg(fixedText(device.gigaflops, 0));
    m_device->setText(text);
    m_deviceWarning->setVisible(device.slowBlas);
}

void ModelPanel::setClassTable(const ClassTable& table)
{
    if (table.entries.empty()) {
        m_table->setText(tr("No names: classes are numbered from 0, as in the model"));
        m_table->setToolTip({});
        return;
    }
    const QString source = QString::fromStdString(table.source);
    m_table->setText(tr("%n name(s), counted from %1 in the file\nfrom %2", nullptr, table.count())
                         .arg(table.base)
                         .arg(source.section(QLatin1Char('/'), -1, -1, QString::SectionSkipEmpty)));
    m_table->setToolTip(source);
}

void ModelPanel::setPreprocessing(const PreprocessOptions& options, const std::optional<PreprocessOptions>& declared,
                                  bool ignoreExif)
{
    QStringList lines{sizeText(options)};
    if (declared && *declared == options)
        lines << (m_isPreparationAssumed ? tr("assumed: nothing says how the model was trained")
                                         : tr("as the model declares"));
    else if (declared && m_isPreparationAssumed)
        lines << tr("set by you; assumed otherwise: %1").arg(sizeText(*declared));
    else if (declared)
        lines << tr("set by you; the model declares: %1").arg(sizeText(*declared));
    if (ignoreExif)
        lines << tr("EXIF orientation ignored");
    m_preprocessing->setText(lines.join(QLatin1Char('\n')));
}

void ModelPanel::setPictureSizes(Size picture, Size input, int rows, int columns)
{
    if (picture.width <= 0) {
        m_sizes->setText(tr("none"));
        return;
    }
    m_sizes->setText(tr("%1 \u00d7 %2 px, resized to %3 \u00d7 %4\n%5 \u00d7 %6 cells (rows \u00d7 columns)")
                         .arg(picture.width)
                         .arg(picture.height)
                         .arg(input.width)
                         .arg(input.height)
                         .arg(rows)
                         .arg(columns));
}

void ModelPanel::setSanity(const QString& text)
{
    m_sanity->setText(text.isEmpty() ? tr("not checked with random weights yet: the panel of evidence does it") : text);
}

void ModelPanel::setPrecisionNotes(const QStringList& notes)
{
    m_precision->setText(notes.isEmpty() ? tr("float32, full") : notes.join(QStringLiteral(", ")));
}

void ModelPanel::copyHash()
{
    QGuiApplication::clipboard()->setText(m_hash->text());
}

} // namespace ocellus
