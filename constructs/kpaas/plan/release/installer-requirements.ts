/** A Python package, its version, and the SHA-256 of its wheels: for x86_64 and aarch64, or one for both. */
type LockedPackage = readonly [name: string, version: string, ...sha256: readonly string[]];

/**
 * The Python packages of the installer of 1.6.2 with everything that they depend on, for Python 3.10 of Ubuntu 22.04.
 *
 * Source: `standalone/requirements.txt` of K-PaaS/cp-deployment at v1.6.2 (the first four names in it: ansible, cryptography, jmespath,
 * netaddr), resolved by `uv pip compile --python-version 3.10`; the checksums are those of the wheels in the Python Package Index.
 */
// prettier-ignore
const PACKAGES: readonly LockedPackage[] = [
  ["ansible", "9.13.0", "b64c6e8cad0171576e0ed4b1fd48a5dc551128580dbb979d0e8b4cd85b969074"],
  ["ansible-core", "2.16.19", "d7a32ba0f96f9c6582b7ff159a4a6f0e694662cfc4840497c88fed63bf58cd14"],
  ["cffi", "2.1.1", "194cffa889098ced9976c3fc6340305e43f6303657d298da55366907c05c22d6", "5a59cc1c4442bc3d5c703bf720b51138d0bfc173618807c9ee2490a7541dd3d9"],
  ["cryptography", "45.0.2", "49af56491473231159c98c2c26f1a8f3799a60e5cf0e872d00745b858ddac9d2", "e328357b6bbf79928363dbf13f4635b7aac0306afb7e5ad24d21d0c5761c3253"],
  ["jinja2", "3.1.6", "85ece4451f492d0c13c5dd7c13a64681a86afae63a5f347908daf103ce6d2f67"],
  ["jmespath", "1.0.1", "02e2e4cc71b5bcab88332eebf907519190dd9e6e82107fa7f83b1003a6252980"],
  ["markupsafe", "3.0.4", "d1aca03ede943eb80ab3d63bb082c84b7aab85ea83bd0fd0c200260945fb49d9", "cf63c214fe879a65e69a386f915e36104fc84254ab141240f8854602d8e0be2a"],
  ["netaddr", "1.3.0", "c2c6a8ebe5554ce33b7d5b3a306b71bbb373e000bbbf2350dd5213cc56e3dbbe"],
  ["packaging", "26.4", "81383611a09c1bc0b08b76e0fd5829d7c6824c65b27a6aee339da133f4233ea2"],
  ["pycparser", "3.11", "51d5a8ba2be0bbe440b99d2112604c95bbbc3c2748a64260186c541e1729cd80"],
  ["pyyaml", "6.0.4", "88a089e6424a8a256321270620d5a4328ad5227fb2061b07d33f596894336914", "54c23934cf166bb2090d73d82b1388aadb1cead5e73885223dcfa4a459a22d43"],
  ["resolvelib", "1.0.1", "d2da45d1a8dfee81bdd591647783e340ef3bcb104b54c383f70d422ef5cc7dbf"],
];

/** The packages as a requirements file for `pip install --require-hashes`, which rejects a package without one of these checksums. */
export const INSTALLER_REQUIREMENTS = PACKAGES.map(
  ([name, version, ...sums]) => `${name}==${version}${sums.map((sum) => ` --hash=sha256:${sum}`).join("")}\n`,
).join("");
