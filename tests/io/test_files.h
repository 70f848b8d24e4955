// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <QByteArray>
#include <QFile>
#include <QString>
#include <QTemporaryDir>

#include "core/base/error.h"
#include "core/io/checkpoint.h"

namespace ocellus::test {

inline QByteArray readFile(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline QByteArray testFile(const char* name)
{
    return readFile(QString(OCELLUS_TEST_DATA "/io/") + name);
}

/// A folder for the file that a test is about.
class ScratchFile {
public:
    std::filesystem::path write(std::string_view bytes) const
    {
        QFile file(m_folder.filePath("file.pth"));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes.data(), static_cast<qint64>(bytes.size())) < 0)
            qFatal("cannot write %s", qPrintable(file.fileName()));
        return file.fileName().toStdString();
    }
    std::filesystem::path path(const char* name = "file.pth") const { return m_folder.filePath(name).toStdString(); }

private:
    QTemporaryDir m_folder;
};

/// Every floating-point tensor of a checkpoint.
inline std::map<std::string, std::vector<float>> readAll(const Checkpoint& checkpoint)
{
    std::map<std::string, std::vector<float>> values;
    for (const TensorInfo& tensor : checkpoint.tensors()) {
        if (tensor.dtype == DType::Int64)
            continue;
        std::vector<float>& out = values[tensor.name];
        out.resize(static_cast<std::size_t>(tensor.count()));
        checkpoint.read(tensor, out);
    }
    return values;
}

/// What reading everything ends with: the error, or none.
struct Outcome {
    bool failed = false;
    ErrorCode code = ErrorCode::Internal;
    QString message;
    std::map<std::string, std::vector<float>> values;
};

inline Outcome openAndRead(const std::filesystem::path& path)
{
    try {
        return {false, {}, {}, readAll(*Checkpoint::open(path))};
    } catch (const Error& error) {
        return {true, error.code(), QString::fromUtf8(error.what()), {}};
    }
}

} // namespace ocellus::test
